import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@testable import ConvoScenes

@Suite struct PNGEncoderTests {
  @Test(arguments: [(1, 1), (1, 9), (7, 1), (16, 11), (33, 20)], ["flat", "ramp", "noise", "skewed"])
  func picturesReadBack(size: (Int, Int), kind: String) throws {
    let (width, height) = size
    var random = RandomSource(seed: UInt64(width * height))
    let pixels: [UInt8] = (0..<(width * height * 3)).map { index in
      switch kind {
      case "flat": 200
      case "ramp": UInt8(truncatingIfNeeded: index * 3)
      case "noise": UInt8(random.integer(0, 255))
      default: UInt8(truncatingIfNeeded: random.next().trailingZeroBitCount)
      }
    }
    let file = PNGEncoder(width: width, height: height).encode { y, row in
      row = Array(pixels[(y * width * 3)..<((y + 1) * width * 3)])
    }
    let read = try PNGReader(file)
    #expect(read.width == width && read.height == height)
    #expect(read.pixels == pixels)
  }

  @Test func checksumsAreThePublishedOnes() {
    #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(PNGEncoder.adler(Array("Wikipedia".utf8)) == 0x11E6_0398)
    // Long enough to need more than one reduction; by the definition: a = 1 + Σ dᵢ, b = Σ (running a), mod 65521.
    let long = (0..<20_000).map { UInt8($0 % 251) }
    var (a, b) = (1, 0)
    for byte in long {
      a += Int(byte)
      b += a
    }
    #expect(PNGEncoder.adler(long) == UInt32(b % 65521) << 16 | UInt32(a % 65521))
  }

  @Test func codesAreCompleteAndNearTheEntropy() {
    var random = RandomSource(seed: 3)
    for size in [2, 3, 19, 257] {
      let counts = (0..<size).map { _ in random.integer(1, 1 << random.integer(1, 12)) }
      let code = HuffmanCode(counts: counts, longest: 15)
      // Kraft's sum is exactly 1.
      #expect(code.lengths.reduce(0) { $0 + (1 << (15 - $1)) } == 1 << 15)
      let total = Double(counts.reduce(0, +))
      let entropy = counts.reduce(0.0) { $0 - Double($1) / total * log2(Double($1) / total) }
      let mean = zip(counts, code.lengths).reduce(0.0) { $0 + Double($1.0 * $1.1) } / total
      #expect(mean >= entropy - 1e-9 && mean < entropy + 1)
    }
  }

  /// Fibonacci's numbers make the deepest tree there is.
  @Test(arguments: [7, 15]) func codesAreNeverLongerThanAllowed(longest: Int) {
    var counts = [1, 1]
    while counts.count < 19 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    let code = HuffmanCode(counts: counts, longest: longest)
    #expect(code.lengths.max() ?? 0 <= longest)
    #expect(code.lengths.allSatisfy { $0 > 0 })
    #expect(code.lengths.reduce(0) { $0 + (1 << (15 - $1)) } == 1 << 15)
  }
}
