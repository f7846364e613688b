import ConvoFiles
import CSpng

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the compression of a picture should look for.
public enum PNGContent: Sendable {
  /// Anything: zlib searches for repeats.
  case any
  /// Grain, as in photographs, in which there are next to no repeats: searching for them would take most of the time
  /// and find none.
  case grain

  /// zlib's names for the ways to compress: `Z_DEFAULT_STRATEGY` and `Z_HUFFMAN_ONLY`.
  fileprivate var strategy: Int32 {
    switch self {
    case .any: 0
    case .grain: 2
    }
  }

  /// The row filters that are tried. On grain they all do about as well as Paeth's, and trying one takes a fifth of the
  /// time of trying five.
  fileprivate var filters: Int32 {
    switch self {
    case .any: Int32(SPNG_FILTER_CHOICE_ALL.rawValue)
    case .grain: Int32(SPNG_FILTER_CHOICE_PAETH.rawValue)
    }
  }
}

extension PixelImage {
  /// The picture as the bytes of a PNG file: gray, RGB or RGBA with 8 bits a channel, not interlaced.
  ///
  /// - Throws: ``ImageError`` with ``ImageProblem/unwritable(_:)`` if the encoder fails (out of memory).
  public func pngBytes(for content: PNGContent = .any) throws(ImageError) -> [UInt8] {
    do {
      return try encoded(for: content)
    } catch {
      throw ImageError(file: nil, problem: error)
    }
  }

  /// Writes the picture as a PNG file. The file appears whole or not at all; one that was there is replaced.
  ///
  /// - Throws: ``ImageError`` with ``ImageProblem/unwritable(_:)``.
  public func writePNG(to path: String) throws(ImageError) {
    let bytes: [UInt8]
    do {
      bytes = try encoded(for: .any)
    } catch {
      throw ImageError(file: path, problem: error)
    }
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw ImageError(file: path, problem: .unwritable(error.reason))
    }
  }

  private func encoded(for content: PNGContent) throws(ImageProblem) -> [UInt8] {
    guard let context = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else {
      throw .unwritable("no memory for the PNG encoder")
    }
    defer { spng_ctx_free(context) }
    let colorType: PNGHeader.ColorType = channels == 1 ? .gray : channels == 3 ? .rgb : .rgba
    var header = spng_ihdr(
      width: UInt32(clamping: width), height: UInt32(clamping: height), bit_depth: 8,
      color_type: colorType.rawValue, compression_method: 0, filter_method: 0, interlace_method: 0)
    try check(spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1))
    try check(spng_set_option(context, SPNG_IMG_COMPRESSION_STRATEGY, content.strategy))
    try check(spng_set_option(context, SPNG_FILTER_CHOICE, content.filters))
    try check(spng_set_ihdr(context, &header))
    try check(
      spng_encode_image(
        context, bytes, bytes.count, Int32(SPNG_FMT_PNG.rawValue), Int32(SPNG_ENCODE_FINALIZE.rawValue)))

    var (size, status) = (0, Int32(0))
    guard let file = spng_get_png_buffer(context, &size, &status) else {
      try check(status)
      throw .unwritable("the PNG encoder gave no bytes")
    }
    defer { free(file) }
    return Array(UnsafeRawBufferPointer(start: file, count: size))
  }

  private func check(_ status: Int32) throws(ImageProblem) {
    guard status == 0 else { throw .unwritable(String(cString: spng_strerror(status))) }
  }
}
