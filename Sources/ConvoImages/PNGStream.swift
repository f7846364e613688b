import CDeflate

/// The compressed rows of a PNG file, in all its IDAT chunks together (ISO/IEC 15948, 10.1).
enum PNGStream {
  /// Whether the rows can be decompressed, to just their size, and have the stream's own checksum, whatever those of
  /// the chunks.
  static func isIntact(_ data: UnsafeRawBufferPointer, _ header: PNGHeader) -> Bool {
    var parts: [UnsafeRawBufferPointer] = []
    var chunks = PNGChunks(data)
    while let chunk = chunks.next(), chunk.name != "IEND" {
      if chunk.name == "IDAT" { parts.append(chunk.content) }
    }
    return joined(parts).withUnsafeBytes { inflated($0, size: filteredSize(header)) != nil }
  }

  static func joined(_ parts: [UnsafeRawBufferPointer]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { bytes.append(contentsOf: part) }
    return bytes
  }

  /// The rows with their filters; nil unless they decompress to just that size, with the stream's own checksum.
  static func inflated(_ compressed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var result = LIBDEFLATE_BAD_DATA
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Without a place for the length, a stream that gives less is an error too.
      result = libdeflate_zlib_decompress(
        decompressor, compressed.baseAddress, compressed.count, buffer.baseAddress, size, nil)
      count = result == LIBDEFLATE_SUCCESS ? size : 0
    }
    return result == LIBDEFLATE_SUCCESS ? bytes : nil
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
