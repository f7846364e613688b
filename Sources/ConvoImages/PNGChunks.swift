import CDeflate

/// The chunks of a PNG file, up to the first that is cut short (ISO/IEC 15948, 5.3).
struct PNGChunks: IteratorProtocol {
  struct Chunk {
    let name: String
    let content: UnsafeRawBufferPointer
    /// Whether the chunk has the checksum that it gives.
    let isIntact: Bool

    /// Whether a decoder that does not know the chunk can pass it over: its name begins with a small letter.
    var isAncillary: Bool { name.utf8.first.map { $0 & 0x20 != 0 } ?? false }
  }

  private var rest: UnsafeRawBufferPointer

  /// - Parameter data: begins with the signature.
  init(_ data: UnsafeRawBufferPointer) {
    rest = UnsafeRawBufferPointer(rebasing: data.dropFirst(8))
  }

  mutating func next() -> Chunk? {
    guard rest.count >= 12 else { return nil }
    let length = Int(number(at: 0))
    guard length <= rest.count - 12 else { return nil }
    let named = UnsafeRawBufferPointer(rebasing: rest[4..<(8 + length)])
    let isIntact = libdeflate_crc32(0, named.baseAddress, named.count) == number(at: 8 + length)
    rest = UnsafeRawBufferPointer(rebasing: rest[(12 + length)...])
    return Chunk(
      name: String(decoding: named[..<4], as: UTF8.self), content: UnsafeRawBufferPointer(rebasing: named[4...]),
      isIntact: isIntact)
  }

  private func number(at offset: Int) -> UInt32 {
    UInt32(bigEndian: rest.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
