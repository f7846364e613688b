/// A picture in memory: one byte a channel, shape `[height, width, channels]`, row-major.
///
/// One channel is gray, three are red, green, blue, four are red, green, blue, alpha (not premultiplied).
public struct PixelImage: Sendable, Equatable {
  /// Number of rows.
  public let height: Int
  /// Number of pixels in a row.
  public let width: Int
  /// Bytes of a pixel: 1, 3 or 4.
  public let channels: Int
  /// The pixels, `height × width × channels` of them; never padded.
  public let bytes: [UInt8]

  /// - Precondition: sides are positive, `channels` is 1, 3 or 4 and `bytes` has one element for each of
  ///   `[height, width, channels]`. Sizes that come from a user are checked first with ``ImageLimits``.
  public init(height: Int, width: Int, channels: Int, bytes: [UInt8]) {
    precondition(height > 0 && width > 0, "a picture has at least one pixel")
    precondition(channels == 1 || channels == 3 || channels == 4, "a pixel has 1, 3 or 4 channels")
    let (pixels, tooManyPixels) = height.multipliedReportingOverflow(by: width)
    let (count, tooManyBytes) = pixels.multipliedReportingOverflow(by: channels)
    precondition(
      !tooManyPixels && !tooManyBytes && bytes.count == count,
      "the bytes do not fit the shape [height, width, channels]")
    self.height = height
    self.width = width
    self.channels = channels
    self.bytes = bytes
  }
}
