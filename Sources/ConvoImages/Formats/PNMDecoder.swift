/// Decodes PBM, PGM and PPM files, plain and binary.
///
/// Values are scaled to 0…255. Gray ones with a largest value over 255 are scaled to 0…65535 and then *clamped*,
/// as Pillow does with all gray of 16 bits.
enum PNMDecoder {
  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try PNMHeader(data)
    let bytes = header.isPlain ? try plain(data, header) : try binary(data, header)
    return DecodedPixels(
      height: header.height, width: header.width, layout: header.kind == .color ? .rgb : .gray, bytes: bytes)
  }

  private static func binary(_ data: UnsafeRawBufferPointer, _ header: PNMHeader) throws(ImageProblem) -> [UInt8] {
    let count = header.height * header.width * header.kind.channels
    let file = LittleEndianBytes(data)
    guard header.kind != .bitmap else {
      let rows = PackedValues(bits: 1, stride: (header.width + 7) / 8)
      let packed = try file.slice(at: header.pixels, count: rows.stride * header.height)
      return rows.unpacked(packed, height: header.height, width: header.width).map { $0 == 0 ? 255 : 0 }
    }
    guard header.largestValue > 255 else {
      let stored = try file.slice(at: header.pixels, count: count)
      guard header.largestValue < 255 else { return Array(stored) }
      let table = (0...255).map { scaled($0, header) }
      return stored.map { table[Int($0)] }
    }
    let stored = try file.slice(at: header.pixels, count: count * 2)
    return (0..<count).map { place in
      let value = stored.loadUnaligned(fromByteOffset: place * 2, as: UInt16.self)
      return scaled(Int(UInt16(bigEndian: value)), header)
    }
  }

  private static func plain(_ data: UnsafeRawBufferPointer, _ header: PNMHeader) throws(ImageProblem) -> [UInt8] {
    let count = header.height * header.width * header.kind.channels
    // Each digit is a byte, and so is the space between numbers: few bytes that promise many pixels end here.
    let shortest = header.kind == .bitmap ? count : count * 2 - 1
    guard shortest <= data.count - min(header.pixels, data.count) else { throw .truncated }
    var tokens = PNMTokens(data, offset: header.pixels)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for _ in 0..<count {
      let value = header.kind == .bitmap ? try tokens.nextDigit() : try tokens.nextNumber()
      guard value <= header.largestValue else {
        throw .damaged("a value of \(value) is over the largest, \(header.largestValue)")
      }
      bytes.append(header.kind == .bitmap ? (value == 0 ? 255 : 0) : scaled(value, header))
    }
    return bytes
  }

  /// Rounded to the nearest, and to an even number from the middle, as Python's `round` does.
  private static func scaled(_ value: Int, _ header: PNMHeader) -> UInt8 {
    let largest = header.kind == .gray && header.largestValue > 255 ? 65535.0 : 255.0
    let share = Double(value) / Double(header.largestValue)
    return UInt8(min(255, (share * largest).rounded(.toNearestOrEven)))
  }
}
