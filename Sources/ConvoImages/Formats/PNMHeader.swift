/// The header of a PBM, PGM or PPM file: `P` and a digit, width, height and, but for PBM, the largest value, with
/// white space and comments between them (netpbm's `pbm`, `pgm` and `ppm` formats).
struct PNMHeader {
  enum Kind {
    case bitmap
    case gray
    case color

    var channels: Int { self == .color ? 3 : 1 }
  }

  let kind: Kind
  /// Numbers as text.
  let isPlain: Bool
  let width: Int
  let height: Int
  /// 1…65535; 1 in a bitmap.
  let largestValue: Int
  /// Where the pixels begin.
  let pixels: Int

  /// - Parameter data: a file that begins with the signature.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    guard data.count > 2 else { throw .truncated }
    let digit = data[1] - UInt8(ascii: "0")
    kind =
      switch digit % 3 {
      case 1: .bitmap
      case 2: .gray
      default: .color
      }
    isPlain = digit <= 3
    var tokens = PNMTokens(data, offset: 2)
    width = try tokens.nextNumber()
    height = try tokens.nextNumber()
    largestValue = kind == .bitmap ? 1 : try tokens.nextNumber()
    guard (1...65535).contains(largestValue) else {
      throw .damaged("the largest value is \(largestValue), not one of 1 to 65535")
    }
    tokens.skipOneSpace()
    pixels = tokens.offset
  }

  var summary: ImageHeader {
    let bitDepth = kind == .bitmap ? 1 : largestValue > 255 ? 16 : 8
    return ImageHeader(
      format: .ppm, width: width, height: height, channels: kind.channels, bitDepth: bitDepth, isInterlaced: false)
  }
}

/// Numbers between white space; from a `#` to the end of its line is a comment.
struct PNMTokens {
  /// Pillow's limit.
  private static let longestNumber = 10

  private let data: UnsafeRawBufferPointer
  private(set) var offset: Int

  init(_ data: UnsafeRawBufferPointer, offset: Int) {
    self.data = data
    self.offset = offset
  }

  mutating func nextNumber() throws(ImageProblem) -> Int {
    skipSpace()
    guard offset < data.count else { throw .truncated }
    let start = offset
    var number = 0
    while offset < data.count, let digit = Self.digit(data[offset]) {
      guard offset - start < Self.longestNumber else { throw .damaged("a number is too long") }
      number = number * 10 + digit
      offset += 1
    }
    guard offset == data.count || Self.isSpace(data[offset]) || data[offset] == UInt8(ascii: "#"), offset > start
    else { throw .damaged("something stands where a number should") }
    return number
  }

  /// A digit of its own: in a plain bitmap no space is needed between them.
  mutating func nextDigit() throws(ImageProblem) -> Int {
    skipSpace()
    guard offset < data.count else { throw .truncated }
    guard let digit = Self.digit(data[offset]) else { throw .damaged("something stands where a number should") }
    offset += 1
    return digit
  }

  /// What ends the header: one byte of white space, or a comment with its line's end.
  mutating func skipOneSpace() {
    if offset < data.count, data[offset] == UInt8(ascii: "#") { skipComment() }
    offset += 1
  }

  private mutating func skipSpace() {
    while offset < data.count {
      if data[offset] == UInt8(ascii: "#") {
        skipComment()
      } else if Self.isSpace(data[offset]) {
        offset += 1
      } else {
        return
      }
    }
  }

  private mutating func skipComment() {
    while offset < data.count, data[offset] != 10, data[offset] != 13 { offset += 1 }
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (9...13).contains(byte)
  }
}
