/// The channels that a picture is converted to, by the names that Keras gives them.
///
/// Conversions follow Pillow's `Image.convert` byte for byte: alpha is dropped, never blended; gray is
/// `(19595 R + 38470 G + 7471 B + 32768) >> 16` (ITU-R 601-2).
public enum ColorMode: String, CaseIterable, Sendable {
  case rgb, rgba, grayscale

  /// Bytes of a pixel: 3, 4 or 1.
  public var channels: Int {
    switch self {
    case .rgb: 3
    case .rgba: 4
    case .grayscale: 1
    }
  }
}
