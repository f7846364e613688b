import CSpng

/// Decodes PNG files: the usual ones with ``PlainPNG``, all others with libspng, which inflates, unfilters and
/// deinterlaces. What the stored values mean is worked out in ``PNGPixels``, because Pillow's reading of them differs
/// from libspng's.
enum PNGDecoder {
  /// Ancillary chunks (texts, profiles) may not take more memory than this.
  private static let largestChunkBytes = 16 << 20

  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try PNGHeader(data)
    if let stored = PlainPNG.stored(data, header) {
      return PNGPixels(header: header, stored: stored, palette: [], transparency: nil).decoded()
    }
    return try decodeAny(data, header)
  }

  /// With libspng, which reads every kind.
  static func decodeAny(
    _ data: UnsafeRawBufferPointer, _ header: PNGHeader, ignoresChecksums: Bool = false
  ) throws(ImageProblem) -> DecodedPixels {
    guard let context = spng_ctx_new(0) else { throw .damaged("no memory for the PNG decoder") }
    defer { spng_ctx_free(context) }
    spng_set_image_limits(context, UInt32(ImageLimits.largestSide), UInt32(ImageLimits.largestSide))
    spng_set_chunk_limits(context, largestChunkBytes, 4 * largestChunkBytes)
    try check(spng_set_crc_action(context, Int32(SPNG_CRC_ERROR.rawValue), Int32(SPNG_CRC_ERROR.rawValue)))
    try check(spng_set_png_buffer(context, data.baseAddress, data.count))

    // Asked for first: it reads the chunks before the pixels, but after the pixels it would read to the end and
    // fail where a file lacks that.
    let (palette, transparency) = (try palette(of: context), try transparency(of: context))

    if ignoresChecksums {
      try check(spng_set_crc_action(context, Int32(SPNG_CRC_USE.rawValue), Int32(SPNG_CRC_USE.rawValue)))
    }
    var size = 0
    try check(spng_decoded_image_size(context, Int32(SPNG_FMT_RAW.rawValue), &size))
    guard size <= ImageLimits.largestDecodedBytes else {
      throw .tooManyBytes(height: header.height, width: header.width, bytes: size)
    }
    var status: Int32 = 0
    let stored = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Zeroed: rows of an interlaced picture with less than 8 bits a pixel are put together bit by bit.
      buffer.initialize(repeating: 0)
      status = spng_decode_image(context, buffer.baseAddress, size, Int32(SPNG_FMT_RAW.rawValue), 0)
      count = size
    }
    // Reads on to the end for the checksum of the last pixels. A file that only lacks its end is whole enough.
    let end = status == 0 && !ignoresChecksums ? spng_decode_chunks(context) : 0
    // As in Pillow, a wrong checksum of a chunk of pixels, or of one behind them, does no harm where the pixels' own
    // stream of all chunks is in order.
    let badChecksum = Int32(SPNG_ECHUNK_CRC.rawValue)
    if status == badChecksum || end == badChecksum, PNGStream.isIntact(data, header) {
      return try decodeAny(data, header, ignoresChecksums: true)
    }
    try check(status)
    if end == badChecksum { try check(end) }
    return PNGPixels(header: header, stored: stored, palette: palette, transparency: transparency).decoded()
  }

  private static func palette(of context: OpaquePointer) throws(ImageProblem) -> [IndexedPixels.Color] {
    var chunk = spng_plte()
    guard try exists(spng_get_plte(context, &chunk)) else { return [] }
    return withUnsafeBytes(of: &chunk.entries) { bytes in
      bytes.bindMemory(to: spng_plte_entry.self).prefix(Int(chunk.n_entries)).map { ($0.red, $0.green, $0.blue) }
    }
  }

  private static func transparency(of context: OpaquePointer) throws(ImageProblem) -> PNGPixels.Transparency? {
    var chunk = spng_trns()
    guard try exists(spng_get_trns(context, &chunk)) else { return nil }
    let alpha = withUnsafeBytes(of: &chunk.type3_alpha) { Array($0.prefix(Int(chunk.n_type3_entries))) }
    return PNGPixels.Transparency(
      gray: chunk.gray, red: chunk.red, green: chunk.green, blue: chunk.blue, paletteAlpha: alpha)
  }

  /// Whether the file has a chunk, from the status of asking for it.
  private static func exists(_ status: Int32) throws(ImageProblem) -> Bool {
    guard status != Int32(SPNG_ECHUNKAVAIL.rawValue) else { return false }
    try check(status)
    return true
  }

  private static func check(_ status: Int32) throws(ImageProblem) {
    guard status != 0 else { return }
    switch status {
    case Int32(SPNG_IO_EOF.rawValue), Int32(SPNG_EOF.rawValue), Int32(SPNG_EIDAT_TOO_SHORT.rawValue):
      throw .truncated
    case Int32(SPNG_EMEM.rawValue):
      throw .damaged("no memory for the PNG decoder")
    default:
      throw .damaged(String(cString: spng_strerror(status)))
    }
  }
}
