/// What a picture's header says, without decoding it.
public struct ImageHeader: Sendable, Equatable {
  /// The file formats that can be decoded.
  public enum Format: String, CaseIterable, Sendable {
    case png, jpeg, bmp
    /// PBM, PGM and PPM.
    case ppm
    case tiff, gif, webp
  }

  /// Read from the content; a file's name does not matter.
  public let format: Format
  /// Width in pixels of what is decoded. An orientation tag counts in a TIFF and nowhere else, as in Keras.
  public let width: Int
  /// Height in pixels of what is decoded.
  public let height: Int
  /// Values of a stored pixel: 1 gray or palette, 2 gray and alpha, 3 colours, 4 colours and alpha, or CMYK;
  /// in a TIFF there may be more, which are left out.
  public let channels: Int
  /// Bits of a stored value: 1, 2, 4, 8 or 16, and 12 or 32 in a TIFF.
  public let bitDepth: Int
  /// An interlaced PNG or GIF or a progressive JPEG.
  public let isInterlaced: Bool

  /// - Throws: ``ImageProblem``: an unknown format, a truncated or damaged header, or a picture over the limits.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    switch FileSignature(data) {
    case .picture(.png): self = try PNGHeader(data).summary
    case .picture(.jpeg): self = try JPEGHeader(data).summary
    case .picture(.bmp): self = try BMPHeader(data).summary
    case .picture(.ppm): self = try PNMHeader(data).summary
    case .picture(.tiff): self = try TIFFDecoder.header(data)
    case .picture(.gif): self = try GIFHeader(data).summary
    case .picture(.webp): self = try WebPDecoder.header(data)
    case .other(let kind): throw .unknownFormat(kind: kind)
    }
    // Whatever is stored, a palette or single bits, becomes bytes of colours.
    try ImageLimits.check(height: height, width: width, bitsPerPixel: max(24, channels * bitDepth))
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
