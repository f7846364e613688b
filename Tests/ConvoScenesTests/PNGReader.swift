import Testing

@testable import ConvoScenes

/// Reads back what `PNGEncoder` writes, straight from the specifications: PNG's filters, RFC 1950, RFC 1951.
struct PNGReader {
  let width: Int
  let height: Int
  /// Three bytes a pixel.
  let pixels: [UInt8]

  init(_ file: [UInt8]) throws {
    func big(_ at: Int) -> Int { file[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    var at = 8
    var data: [UInt8] = []
    var kinds: [String] = []
    while at < file.count {
      let size = big(at)
      kinds.append(String(decoding: file[(at + 4)..<(at + 8)], as: UTF8.self))
      try #require(big(at + 8 + size) == Int(CRC32.of(Array(file[(at + 4)..<(at + 8 + size)]))))
      if kinds.last == "IDAT" { data += file[(at + 8)..<(at + 8 + size)] }
      at += 12 + size
    }
    try #require(kinds == ["IHDR", "IDAT", "IEND"])
    (width, height) = (big(16), big(20))
    try #require((Int(data[0]) * 256 + Int(data[1])) % 31 == 0)
    let rows = try Self.inflated(Array(data[2..<(data.count - 4)]))
    try #require(data.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } == PNGEncoder.adler(rows))
    pixels = try Self.unfiltered(rows, width: width, height: height)
  }

  private static func unfiltered(_ rows: [UInt8], width: Int, height: Int) throws -> [UInt8] {
    let size = width * 3
    try #require(rows.count == (size + 1) * height)
    var pixels = [UInt8](repeating: 0, count: size * height)
    for y in 0..<height {
      for x in 0..<size {
        let a = x < 3 ? 0 : Int(pixels[y * size + x - 3])
        let b = y == 0 ? 0 : Int(pixels[(y - 1) * size + x])
        let c = x < 3 || y == 0 ? 0 : Int(pixels[(y - 1) * size + x - 3])
        let guess: Int
        switch rows[y * (size + 1)] {
        case 1: guess = a
        case 3: guess = (a + b) / 2
        case 4:
          let p = a + b - c
          guess = abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c) ? a : (abs(p - b) <= abs(p - c) ? b : c)
        default: throw Unreadable()
        }
        pixels[y * size + x] = rows[y * (size + 1) + 1 + x] &+ UInt8(truncatingIfNeeded: guess)
      }
    }
    return pixels
  }

  private struct Unreadable: Error {}

  /// One block with a code of its own and no matches.
  private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var position = 0
    func bit() throws -> Int {
      guard position / 8 < bytes.count else { throw Unreadable() }
      defer { position += 1 }
      return Int(bytes[position / 8] >> (position % 8)) & 1
    }
    func number(_ width: Int) throws -> Int { try (0..<width).reduce(0) { try $0 | bit() << $1 } }
    try #require(try number(3) == 0b101)
    let (literals, distances, count) = (try number(5) + 257, try number(5) + 1, try number(4) + 4)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [Int](repeating: 0, count: 19)
    for index in 0..<count { codeLengths[order[index]] = try number(3) }
    func table(_ lengths: [Int]) -> [[Int]: Int] {
      var table: [[Int]: Int] = [:]
      var next = 0
      for length in 1...15 {
        for symbol in lengths.indices where lengths[symbol] == length {
          table[(0..<length).map { next >> (length - 1 - $0) & 1 }] = symbol
          next += 1
        }
        next <<= 1
      }
      return table
    }
    func symbol(_ table: [[Int]: Int]) throws -> Int {
      var code: [Int] = []
      while code.count < 16 {
        code.append(try bit())
        if let symbol = table[code] { return symbol }
      }
      throw Unreadable()
    }
    let lengthTable = table(codeLengths)
    let lengths = try (0..<(literals + distances)).map { _ in try symbol(lengthTable) }
    try #require(lengths.allSatisfy { $0 < 16 })
    let codes = table(Array(lengths.prefix(literals)))
    var output: [UInt8] = []
    while true {
      let value = try symbol(codes)
      if value == 256 { return output }
      output.append(try #require(UInt8(exactly: value)))
    }
  }
}
