/// What a picture's header says, without decoding it.
public struct ImageHeader: Sendable, Equatable {
  /// The file formats that can be decoded.
  public enum Format: String, CaseIterable, Sendable {
    case png, jpeg
  }

  /// Read from the content; a file's name does not matter.
  public let format: Format
  /// Width in pixels, as stored (an orientation tag is not applied).
  public let width: Int
  /// Height in pixels, as stored.
  public let height: Int
  /// Values of a stored pixel: 1 gray or palette, 2 gray and alpha, 3 colours, 4 colours and alpha, or CMYK.
  public let channels: Int
  /// Bits of a stored value: 1, 2, 4, 8 or 16.
  public let bitDepth: Int
  /// An interlaced PNG or a progressive JPEG.
  public let isInterlaced: Bool

  /// - Throws: ``ImageProblem``: an unknown format, a truncated or damaged header, or a picture over the limits.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    switch FileSignature(data) {
    case .picture(.png): self = try PNGHeader(data).summary
    case .picture(.jpeg): self = try JPEGHeader(data).summary
    case .other(let kind): throw .unknownFormat(kind: kind)
    }
    try ImageLimits.check(height: height, width: width, bitsPerPixel: channels * bitDepth)
  }

  init(format: Format, width: Int, height: Int, channels: Int, bitDepth: Int, isInterlaced: Bool) {
    self.format = format
    self.width = width
    self.height = height
    self.channels = channels
    self.bitDepth = bitDepth
    self.isInterlaced = isInterlaced
  }
}
