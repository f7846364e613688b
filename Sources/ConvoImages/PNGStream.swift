import CDeflate

/// The compressed rows of a PNG file, in all its IDAT chunks together (ISO/IEC 15948, 10.1).
enum PNGStream {
  /// Whether the rows can be decompressed, to just their size, and have the stream's own checksum, whatever those of
  /// the chunks.
  static func isIntact(_ data: UnsafeRawBufferPointer, _ header: PNGHeader) -> Bool {
    guard let decompressor = libdeflate_alloc_decompressor() else { return false }
    defer { libdeflate_free_decompressor(decompressor) }
    let compressed = contents(data)
    let size = filteredSize(header)
    var result = LIBDEFLATE_BAD_DATA
    _ = [UInt8](unsafeUninitializedCapacity: size) { rows, _ in
      var length = 0
      result = libdeflate_zlib_decompress(
        decompressor, compressed, compressed.count, rows.baseAddress, size, &length)
      if length < size { result = LIBDEFLATE_SHORT_OUTPUT }
    }
    return result == LIBDEFLATE_SUCCESS
  }

  private static func contents(_ data: UnsafeRawBufferPointer) -> [UInt8] {
    var contents: [UInt8] = []
    var offset = 8
    while offset + 12 <= data.count {
      let length = Int(UInt32(bigEndian: data.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      let name = data[(offset + 4)..<(offset + 8)]
      let end = offset + 8 + length
      guard end <= data.count else { break }
      if name.elementsEqual("IDAT".utf8) { contents += data[(offset + 8)..<end] }
      offset = end + 4
    }
    return contents
  }

  /// A byte for each row's filter and the row; an interlaced picture has seven of smaller ones.
  private static func filteredSize(_ header: PNGHeader) -> Int {
    let passes =
      header.isInterlaced
      ? [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
      : [(0, 0, 1, 1)]
    return passes.reduce(0) { sum, pass in
      let (top, left, down, right) = pass
      let height = (header.height - top + down - 1) / down
      let width = (header.width - left + right - 1) / right
      guard height > 0, width > 0 else { return sum }
      return sum + height * (1 + (width * header.bitDepth * header.colorType.channels + 7) / 8)
    }
  }
}
