import ConvoImages
import Testing

/// Few bytes that promise much are refused from the header, in every format; or come to nothing.
@Suite struct FormatLimitTests {
  private static func number(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func bmp(_ width: Int, _ height: Int) -> [UInt8] {
    Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + number(40, bytes: 4) + number(width, bytes: 4)
      + number(height, bytes: 4) + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
  }

  private static func runs(_ width: Int, _ height: Int, _ body: [UInt8]) -> [UInt8] {
    var bytes = bmp(width, height)
    bytes[28] = 8
    bytes[30] = 1
    bytes[46] = 1
    return bytes + [0, 0, 0, 0] + body
  }

  private static func ppm(_ width: Int, _ height: Int) -> [UInt8] {
    Array("P6\n\(width) \(height)\n255\n".utf8)
  }

  private static func gif(_ width: Int, _ height: Int, frame: (Int, Int)) -> [UInt8] {
    Array("GIF89a".utf8) + number(width, bytes: 2) + number(height, bytes: 2) + [0, 0, 0, 0x2C, 0, 0, 0, 0]
      + number(frame.0, bytes: 2) + number(frame.1, bytes: 2) + [0, 2, 2, 0x4C, 1, 0, 0x3B]
  }

  private static func webp(_ width: Int, _ height: Int) -> [UInt8] {
    Array("RIFF".utf8) + number(100, bytes: 4) + Array("WEBPVP8X".utf8) + number(10, bytes: 4) + [0, 0, 0, 0]
      + number(width - 1, bytes: 3) + number(height - 1, bytes: 3) + [UInt8](repeating: 0, count: 64)
  }

  /// A page of gray bytes; `more` and what it overrides are fields of one LONG each.
  private static func tiff(_ width: Int, _ height: Int, _ more: [Int: Int] = [:], next: Int = 0) -> [UInt8] {
    var fields = [256: width, 257: height, 258: 8, 259: 1, 262: 1, 273: 8, 278: height, 279: 1]
    fields.merge(more) { $1 }
    var bytes: [UInt8] = Array("II".utf8) + [42, 0, 8, 0, 0, 0]
    bytes += number(fields.count, bytes: 2)
    for (tag, value) in fields.sorted(by: { $0.key < $1.key }) {
      bytes += number(tag, bytes: 2) + [4, 0, 1, 0, 0, 0] + number(value, bytes: 4)
    }
    return bytes + number(next, bytes: 4)
  }

  static let longSides = [bmp(65_501, 3), ppm(65_501, 3), tiff(65_501, 3), webp(65_501, 3)]

  @Test(arguments: longSides)
  func longSidesAreRefused(bytes: [UInt8]) {
    #expect(throws: ImageError(file: nil, problem: .sideTooLong(height: 3, width: 65_501))) {
      try ImageFile.decode(bytes: bytes, as: .rgb)
    }
  }

  @Test func longSidesOfACanvasAreRefused() {
    #expect(throws: ImageError(file: nil, problem: .sideTooLong(height: 3, width: 65_535))) {
      try ImageFile.decode(bytes: Self.gif(65_535, 3, frame: (1, 1)), as: .rgb)
    }
    // A frame that reaches beyond its canvas stretches it.
    #expect(throws: ImageError(file: nil, problem: .sideTooLong(height: 65_535, width: 4))) {
      try ImageFile.decode(bytes: Self.gif(4, 4, frame: (1, 65_535)), as: .rgb)
    }
  }

  static let manyPixels = [
    bmp(20_000, 20_000), runs(20_000, 20_000, [0, 1]), ppm(20_000, 20_000), Array("P4\n20000 20000\n".utf8),
    gif(20_000, 20_000, frame: (1, 1)), tiff(20_000, 20_000), webp(20_000, 20_000),
  ]

  /// Palettes and single bits count as the colours that they become.
  @Test(arguments: manyPixels)
  func manyPixelsAreRefused(bytes: [UInt8]) {
    let problem = ImageProblem.tooManyBytes(height: 20_000, width: 20_000, bytes: 20_000 * 20_000 * 3)
    #expect(throws: ImageError(file: nil, problem: problem)) { try ImageFile.decode(bytes: bytes, as: .rgb) }
  }

  static let noPixels = [bmp(0, 3), ppm(3, 0), tiff(0, 3), gif(3, 3, frame: (0, 3))]

  @Test(arguments: noPixels)
  func noPixelsAreRefused(bytes: [UInt8]) {
    #expect(throws: ImageError.self) { try ImageFile.decode(bytes: bytes, as: .rgb) }
  }

  /// Within the limits, but with no pixels behind it: nothing is made up.
  @Test(arguments: [
    bmp(10_000, 10_000), ppm(10_000, 10_000), Array("P3 10000 10000 255 1 2 3".utf8), Array("P1 10000 10000 1 0".utf8),
    tiff(10_000, 10_000), gif(10_000, 10_000, frame: (10_000, 10_000)), webp(10_000, 10_000),
  ])
  func promisesAreNotKept(bytes: [UInt8]) {
    #expect(throws: ImageError.self) { try ImageFile.decode(bytes: bytes, as: .rgb) }
  }

  static let absurdPages = [
    tiff(4, 0xFFFF_FFFF, [278: 1]), tiff(4, 60_000, [278: 1]), tiff(4, 4, [278: 0]), tiff(4, 4, [273: 0xFFFF_FFFF]),
    tiff(4, 4, [277: 0xFFFF]), tiff(4, 4, [277: 0]), tiff(4, 4, [258: 0]),
    tiff(4, 4, [258: 64]), tiff(4, 4, [322: 0xFFFF_FFF0, 323: 0xFFFF_FFF0]), tiff(4, 4, [322: 60_000, 323: 60_000]),
    tiff(4, 4, [322: 16, 323: 0]), tiff(4, 4, [322: 0, 323: 16]), tiff(4, 4, [259: 5, 284: 2]),
    tiff(4, 4, [262: 8]), tiff(4, 4, [259: 6, 262: 6, 277: 3]),
  ]

  @Test(arguments: absurdPages)
  func absurdTIFFFieldsAreRefused(bytes: [UInt8]) {
    #expect(throws: ImageError.self) { try ImageFile.decode(bytes: bytes, as: .rgb) }
  }

  /// Only the first page is read, wherever the next is said to be.
  @Test func pagesInACircleAreHarmless() throws {
    let bytes = Self.tiff(4, 2, [279: 8], next: 8)
    let image = try ImageFile.decode(bytes: bytes, as: .grayscale)
    #expect(image.bytes == Array(bytes[8..<16]))
  }

  /// Moves of 255 rows at a time, and runs that stay in their row.
  @Test func runsThatNeverEndAreRefused() {
    let moves = Array(repeating: [UInt8]([0, 2, 255, 0]), count: 10_000).flatMap { $0 }
    #expect(throws: ImageError(file: nil, problem: .truncated)) {
      try ImageFile.decode(bytes: Self.runs(4, 4, moves), as: .rgb)
    }
    let stuck = Array(repeating: [UInt8]([255, 1]), count: 10_000).flatMap { $0 }
    #expect(throws: ImageError(file: nil, problem: .truncated)) {
      try ImageFile.decode(bytes: Self.runs(4, 4, stuck), as: .rgb)
    }
  }

  /// Ten thousand frames, of which the first is decoded.
  @Test func manyFramesAreHarmless() throws {
    let one = Self.gif(1, 1, frame: (1, 1))
    let frame = one[13..<(one.count - 1)]
    let many = one[..<(one.count - 1)] + Array(repeating: Array(frame), count: 10_000).flatMap { $0 } + [0x3B]
    #expect(try ImageFile.decode(bytes: Array(many), as: .rgb) == ImageFile.decode(bytes: one, as: .rgb))
  }

  /// A text of 64 MiB in a few bytes, in a kind of PNG that libspng reads: left out, or refused, but not kept.
  @Test func hugeTextsInAPNGAreHarmless() throws {
    let whole = try Recorded.bytes(of: "\(Recorded.folder)/pictures/palette4.png")
    let content: [UInt8] = Array("Comment".utf8) + [0, 0] + Self.squeezedZeros(258 << 18)
    let named = Array("zTXt".utf8) + content
    var bomb = Array(whole[..<33])
    bomb += Self.number(content.count, bytes: 4).reversed()
    bomb += named
    bomb += Self.number(Int(Self.checksum(named)), bytes: 4).reversed()
    bomb += whole[33...]
    if let image = try? ImageFile.decode(bytes: bomb, as: .rgb) {
      #expect(try image == ImageFile.decode(bytes: whole, as: .rgb))
    }
  }

  /// A zlib stream of zeros (RFC 1951, 3.2.6): one zero, and then repeated 258 times in 13 bits.
  private static func squeezedZeros(_ count: Int) -> [UInt8] {
    var bits: [UInt8] = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    for _ in 0..<(count / 258) { bits += [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0] }
    bits += [0, 0, 0, 0, 0, 0, 0]
    var stream: [UInt8] = [0x78, 0x9C]
    for start in stride(from: 0, to: bits.count, by: 8) {
      var byte: UInt8 = 0
      for place in start..<min(start + 8, bits.count) { byte |= bits[place] << UInt8(place - start) }
      stream.append(byte)
    }
    let zeros = count / 258 * 258 + 1
    return stream + number(zeros % 65521 << 16 | 1, bytes: 4).reversed()
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let carry = sum & 1
        sum >>= 1
        if carry == 1 { sum ^= 0xEDB8_8320 }
      }
    }
    return ~sum
  }
}
