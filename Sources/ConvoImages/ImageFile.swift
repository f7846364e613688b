/// Reads PNG, JPEG, BMP, PPM (also PGM and PBM), TIFF, GIF and WebP pictures, of several in a file the first. The
/// content decides the format, not the file's name.
///
/// Every call may be made from any thread; none keeps state.
public enum ImageFile {
  /// Enough to reach the header of all but pictures with a large profile or thumbnail in front.
  private static let headerPrefix = 64 << 10

  /// What the header says, without decoding the pixels.
  ///
  /// - Throws: ``ImageError``: the file cannot be read, is of no known format, or is over ``ImageLimits``.
  public static func header(of path: String) throws(ImageError) -> ImageHeader {
    do {
      let (start, size) = try FileBytes.read(path, limit: headerPrefix)
      do {
        return try header(start)
      } catch  where start.count < size && problem(error, mayBeOf: start) {
        return try header(FileBytes.read(path).bytes)
      }
    } catch {
      throw ImageError(file: path, problem: error)
    }
  }

  /// Decodes a whole file, shape `[height, width, mode.channels]`. An orientation tag is ignored but in a TIFF, as in
  /// Keras. Where Keras keeps gray of 16 bits as it is, it is clamped to 0…255, as Pillow converts it: all that
  /// follows is made of bytes.
  ///
  /// - Throws: ``ImageError``: the file cannot be read, is of no known format, is truncated or damaged, or is over
  ///   ``ImageLimits``.
  public static func decode(_ path: String, as mode: ColorMode) throws(ImageError) -> PixelImage {
    do {
      return try decoded(FileBytes.read(path).bytes, mode)
    } catch {
      throw ImageError(file: path, problem: error)
    }
  }

  /// Decodes a whole file and brings it to a size, shape `[fit.height, fit.width, mode.channels]`.
  ///
  /// - Throws: ``ImageError`` for the reasons of ``decode(_:as:)``, and where the size is over ``ImageLimits``.
  public static func decode(
    _ path: String, as mode: ColorMode, fittedTo fit: ImageFit
  ) throws(ImageError) -> PixelImage {
    do {
      return try decoded(FileBytes.read(path).bytes, mode, fit)
    } catch {
      throw ImageError(file: path, problem: error)
    }
  }

  /// Decodes a file's bytes, shape `[height, width, mode.channels]`.
  ///
  /// - Throws: ``ImageError`` without a file name, for the reasons of ``decode(_:as:)``.
  public static func decode(bytes: [UInt8], as mode: ColorMode) throws(ImageError) -> PixelImage {
    do {
      return try decoded(bytes, mode)
    } catch {
      throw ImageError(file: nil, problem: error)
    }
  }

  /// Whether a file's start may be refused for what follows it. A TIFF's fields may stand anywhere.
  private static func problem(_ problem: ImageProblem, mayBeOf start: [UInt8]) -> Bool {
    problem == .truncated || start.withUnsafeBytes { FileSignature($0) } == .picture(.tiff)
  }

  private static func header(_ bytes: [UInt8]) throws(ImageProblem) -> ImageHeader {
    try bytes.withRawBytes { data throws(ImageProblem) in try ImageHeader(data) }
  }

  private static func decoded(_ bytes: [UInt8], _ mode: ColorMode, _ fit: ImageFit) throws(ImageProblem) -> PixelImage {
    try ImageLimits.check(height: fit.height, width: fit.width, bitsPerPixel: mode.channels * 8)
    let sampled = try bytes.withRawBytes { data throws(ImageProblem) -> PixelImage? in
      guard !data.isEmpty, fit.interpolation == .nearest else { return nil }
      let header = try ImageHeader(data)
      // Where most pixels are kept, picking them out saves nothing.
      guard header.format == .jpeg, fit.height * fit.width < header.height * header.width / 4 else { return nil }
      let box = fit.part(ofHeight: header.height, width: header.width)
      return try JPEGDecoder.decode(data, PixelGrid(box, height: fit.height, width: fit.width)).converted(to: mode)
    }
    if let sampled { return sampled }
    return try decoded(bytes, mode).fitted(to: fit)
  }

  private static func decoded(_ bytes: [UInt8], _ mode: ColorMode) throws(ImageProblem) -> PixelImage {
    guard !bytes.isEmpty else { throw .emptyFile }
    return try bytes.withRawBytes { data throws(ImageProblem) in
      let header = try ImageHeader(data)
      let pixels: DecodedPixels
      switch header.format {
      case .png: pixels = try PNGDecoder.decode(data)
      case .jpeg: pixels = try JPEGDecoder.decode(data)
      case .bmp: pixels = try BMPDecoder.decode(data)
      case .ppm: pixels = try PNMDecoder.decode(data)
      case .tiff: pixels = try TIFFDecoder.decode(data)
      case .gif: pixels = try GIFDecoder.decode(data)
      case .webp: pixels = try WebPDecoder.decode(data)
      }
      return pixels.converted(to: mode)
    }
  }
}
