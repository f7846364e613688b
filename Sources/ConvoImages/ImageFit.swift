/// How pictures of all sizes are brought to one: what Keras's `load_img` does with `target_size`, `interpolation`
/// and `keep_aspect_ratio`.
public struct ImageFit: Sendable, Equatable {
  /// Rows of the result.
  public var height: Int
  /// Pixels in a row of the result.
  public var width: Int
  /// How the picture is resampled.
  public var interpolation: Interpolation
  /// Whether the picture keeps its proportions: the largest part in its centre that has those of the result is
  /// resized, and what lies around it is lost. Otherwise the whole picture is, and its proportions change.
  public var keepAspectRatio: Bool

  /// - Precondition: both sides are positive; ``ImageLimits/check(height:width:bitsPerPixel:)`` is the way to check
  ///   what a user asks for.
  public init(height: Int, width: Int, interpolation: Interpolation = .nearest, keepAspectRatio: Bool = false) {
    precondition(height > 0 && width > 0, "a picture has at least one pixel")
    self.height = height
    self.width = width
    self.interpolation = interpolation
    self.keepAspectRatio = keepAspectRatio
  }

  /// The part of a picture that is resized.
  func part(ofHeight oldHeight: Int, width oldWidth: Int) -> PixelBox {
    guard keepAspectRatio else { return PixelBox(rows: 0..<oldHeight, columns: 0..<oldWidth) }
    return PixelBox(
      rows: Self.centre(of: oldHeight, scaled(oldWidth, height, width)),
      columns: Self.centre(of: oldWidth, scaled(oldHeight, width, height)))
  }

  /// `side · new / other`, rounded down, as Keras computes it; at least 1, where Pillow would refuse the empty part.
  private func scaled(_ side: Int, _ new: Int, _ other: Int) -> Int {
    let product = side.multipliedFullWidth(by: new)
    // The quotient of what fits one word fits one word; all else is longer than any picture's side.
    guard product.high == 0, product.low <= UInt(Int.max) else { return .max }
    return max(1, Int(product.low) / other)
  }

  private static func centre(of side: Int, _ wanted: Int) -> Range<Int> {
    let length = min(side, wanted)
    let first = (side - length) / 2
    return first..<(first + length)
  }
}

/// A part of a picture, in whole pixels.
struct PixelBox: Equatable {
  let rows: Range<Int>
  let columns: Range<Int>
}

extension PixelImage {
  /// The picture in the size that is asked for, with the bytes that Keras's `load_img` gives; a picture that has
  /// it already is left alone.
  public func fitted(to fit: ImageFit) -> PixelImage {
    guard height != fit.height || width != fit.width else { return self }
    return resized(
      fit.part(ofHeight: height, width: width), height: fit.height, width: fit.width, by: fit.interpolation)
  }
}
