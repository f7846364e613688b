/// Writes 8-bit RGB as a PNG file.
///
/// cairo's own writer spends more time searching for repeats than drawing takes, and finds next to none: a picture with
/// grain in it has none. So the rows are filtered as usual and then only Huffman-coded (RFC 1951, one block with a code
/// of its own and no matches), which is ten times faster and hardly larger. Nor do the bytes depend on which zlib is
/// installed.
struct PNGEncoder {
  let width: Int
  let height: Int

  /// - Parameter row: fills a buffer with one row, three bytes a pixel.
  func encode(_ row: (Int, inout [UInt8]) -> Void) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Bit depth 8, colour type RGB, deflate, adaptive filters, not interlaced.
    append("IHDR", Self.big(width) + Self.big(height) + [8, 2, 0, 0, 0], to: &file)
    append("IDAT", compressed(filtered(row)), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func big(_ value: Int) -> [UInt8] { big(UInt32(truncatingIfNeeded: value)) }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func append(_ kind: String, _ body: [UInt8], to file: inout [UInt8]) {
    let tagged = Array(kind.utf8) + body
    file += Self.big(body.count)
    file += tagged
    file += Self.big(CRC32.of(tagged))
  }

  // MARK: Filters

  /// Each row behind the number of the filter that leaves the smallest differences, as the specification advises.
  private func filtered(_ row: (Int, inout [UInt8]) -> Void) -> [UInt8] {
    let size = width * 3
    var output: [UInt8] = []
    output.reserveCapacity((size + 1) * height)
    var above = [UInt8](repeating: 0, count: size)
    var current = above
    var (left, mean, paeth) = (above, above, above)
    for y in 0..<height {
      row(y, &current)
      var costs = (left: 0, mean: 0, paeth: 0)
      for x in 0..<size {
        let (a, b) = (x < 3 ? 0 : Int(current[x - 3]), Int(above[x]))
        let c = x < 3 ? 0 : Int(above[x - 3])
        let value = Int(current[x])
        left[x] = UInt8(truncatingIfNeeded: value - a)
        mean[x] = UInt8(truncatingIfNeeded: value - (a + b) / 2)
        paeth[x] = UInt8(truncatingIfNeeded: value - Self.paeth(a, b, c))
        costs.left += Int(Int8(bitPattern: left[x]).magnitude)
        costs.mean += Int(Int8(bitPattern: mean[x]).magnitude)
        costs.paeth += Int(Int8(bitPattern: paeth[x]).magnitude)
      }
      // Their numbers in the file: 1 left, 3 mean of left and above, 4 Paeth.
      if costs.paeth <= costs.mean, costs.paeth <= costs.left {
        output.append(4)
        output += paeth
      } else if costs.mean <= costs.left {
        output.append(3)
        output += mean
      } else {
        output.append(1)
        output += left
      }
      swap(&above, &current)
    }
    return output
  }

  /// Whichever of left, above and upper left is nearest to left + above − upper left.
  @inline(__always)
  private static func paeth(_ a: Int, _ b: Int, _ c: Int) -> Int {
    let (pa, pb, pc) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
    return pa <= pb && pa <= pc ? a : (pb <= pc ? b : c)
  }

  // MARK: Deflate

  private func compressed(_ bytes: [UInt8]) -> [UInt8] {
    let end = 256
    var counts = [Int](repeating: 0, count: 257)
    for byte in bytes { counts[Int(byte)] += 1 }
    counts[end] = 1
    let code = HuffmanCode(counts: counts, longest: 15)
    // The lengths of all codes, and of the one distance code that is never used; coded themselves.
    let lengths = code.lengths + [0]
    var lengthCounts = [Int](repeating: 0, count: 19)
    for length in lengths { lengthCounts[length] += 1 }
    let lengthCode = HuffmanCode(counts: lengthCounts, longest: 7)
    var bits = BitWriter([0x78, 0x01])
    bits.write(1, 1)
    bits.write(2, 2)
    bits.write(0, 5)
    bits.write(0, 5)
    bits.write(15, 4)
    for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
      bits.write(UInt32(lengthCode.lengths[symbol]), 3)
    }
    for length in lengths { bits.write(lengthCode.bits[length], lengthCode.lengths[length]) }
    for byte in bytes { bits.write(code.bits[Int(byte)], code.lengths[Int(byte)]) }
    bits.write(code.bits[end], code.lengths[end])
    return bits.finished() + Self.big(Self.adler(bytes))
  }

  static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b) = (UInt32(1), UInt32(0))
    var start = 0
    while start < bytes.count {
      // 5552 is the most that cannot overflow 32 bits between two reductions.
      let stop = min(bytes.count, start + 5552)
      for index in start..<stop {
        a &+= UInt32(bytes[index])
        b &+= a
      }
      a %= 65521
      b %= 65521
      start = stop
    }
    return b << 16 | a
  }
}

/// The checksum of a PNG chunk.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  static func of(_ bytes: [UInt8]) -> UInt32 {
    let table = table
    var value = UInt32.max
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8) }
    return ~value
  }
}
