import CSpng

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension PixelImage {
  /// The picture as the bytes of a PNG file: gray, RGB or RGBA with 8 bits a channel, not interlaced.
  ///
  /// - Throws: ``ImageError`` with ``ImageProblem/unwritable(_:)`` if the encoder fails (out of memory).
  public func pngBytes() throws(ImageError) -> [UInt8] {
    do {
      return try encoded()
    } catch {
      throw ImageError(file: nil, problem: error)
    }
  }

  /// Writes the picture as a PNG file. The file appears whole or not at all; one that was there is replaced.
  ///
  /// - Throws: ``ImageError`` with ``ImageProblem/unwritable(_:)``.
  public func writePNG(to path: String) throws(ImageError) {
    do {
      try AtomicFile.write(encoded(), to: path)
    } catch {
      throw ImageError(file: path, problem: error)
    }
  }

  private func encoded() throws(ImageProblem) -> [UInt8] {
    guard let context = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else {
      throw .unwritable("no memory for the PNG encoder")
    }
    defer { spng_ctx_free(context) }
    let colorType: PNGHeader.ColorType = channels == 1 ? .gray : channels == 3 ? .rgb : .rgba
    var header = spng_ihdr(
      width: UInt32(clamping: width), height: UInt32(clamping: height), bit_depth: 8,
      color_type: colorType.rawValue, compression_method: 0, filter_method: 0, interlace_method: 0)
    try check(spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1))
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
