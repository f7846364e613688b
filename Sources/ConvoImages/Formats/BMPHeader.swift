/// The two headers of a BMP file (Windows' `BITMAPFILEHEADER` and `BITMAPINFOHEADER` with its successors, and the
/// core header of OS/2).
struct BMPHeader {
  enum Compression: Int {
    case none = 0
    case runs8 = 1
    case runs4 = 2
    case bitFields = 3
  }

  let width: Int
  let height: Int
  /// The first row of the file is the top one.
  let isTopDown: Bool
  /// Bits of a pixel: 1, 4 and 8 are indices, 16, 24 and 32 colours.
  let bits: Int
  let compression: Compression
  /// Where the pixels begin.
  let pixels: Int
  /// What bits of a pixel of 16 or 32 bits are which channel; alpha is 0 if there is none.
  let masks: Masks
  /// Where the palette begins, how many entries it has and how many bytes each.
  let palette: (start: Int, count: Int, entry: Int)

  struct Masks: Equatable {
    var red: UInt32
    var green: UInt32
    var blue: UInt32
    var alpha: UInt32 = 0

    static let bits16 = Masks(red: 0x7C00, green: 0x3E0, blue: 0x1F)
    static let bits32 = Masks(red: 0xFF0000, green: 0xFF00, blue: 0xFF)
  }

  /// - Parameter data: a file that begins with the signature.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    let file = LittleEndianBytes(data)
    let size = try file.number32(at: 14)
    var colors = 0
    if size == 12 {
      (width, height, isTopDown) = (try file.number16(at: 18), try file.number16(at: 20), false)
      bits = try file.number16(at: 24)
      compression = .none
    } else {
      guard [40, 52, 56, 64, 108, 124].contains(size) else {
        throw .unsupported("a BMP with a header of \(size) bytes")
      }
      let rows = try file.number32(at: 22)
      isTopDown = try file.byte(at: 25) == 0xFF
      (width, height) = (try file.number32(at: 18), isTopDown ? 1 << 32 - rows : rows)
      bits = try file.number16(at: 28)
      let code = try file.number32(at: 30)
      guard let known = Compression(rawValue: code) else { throw .unsupported("a BMP with compression \(code)") }
      compression = known
      colors = try file.number32(at: 46)
    }
    guard [1, 4, 8, 16, 24, 32].contains(bits) else { throw .unsupported("a BMP with \(bits) bits a pixel") }
    let fits =
      switch compression {
      case .none: true
      case .runs8: bits == 8
      case .runs4: bits == 4
      case .bitFields: bits >= 16
      }
    guard fits else { throw .unsupported("a BMP with \(bits) bits a pixel and compression \(compression.rawValue)") }

    if colors == 0 { colors = bits <= 8 ? 1 << bits : 0 }
    if bits > 8 { colors = 0 }
    guard colors <= 65536 else { throw .damaged("its palette has \(colors) colours") }
    palette = (14 + size, colors, size == 12 ? 3 : 4)
    masks = try Self.masks(file, headerSize: size, bits, compression)
    let end = palette.start + colors * palette.entry
    let hasMasksBehind = compression == .bitFields && size < 52
    let start = try file.number32(at: 10)
    // Some writers forget the palette in the number that says where the pixels begin.
    pixels = start == 0 ? end + (hasMasksBehind ? 12 : 0) : start == palette.start ? end : start
  }

  private static func masks(
    _ file: LittleEndianBytes, headerSize: Int, _ bits: Int, _ compression: Compression
  ) throws(ImageProblem) -> Masks {
    guard compression == .bitFields, bits != 24 else { return bits == 16 ? .bits16 : .bits32 }
    func mask(_ number: Int) throws(ImageProblem) -> UInt32 { UInt32(try file.number32(at: 54 + number * 4)) }
    var masks = Masks(red: try mask(0), green: try mask(1), blue: try mask(2))
    if headerSize >= 56, bits == 32 {
      masks.alpha = try mask(3)
      if masks == Masks(red: 0, green: 0, blue: 0) {
        masks = .bits32
        masks.alpha = 0xFF00_0000
      }
    }
    return masks
  }

  var summary: ImageHeader {
    ImageHeader(
      format: .bmp, width: width, height: height, channels: bits <= 8 ? 1 : masks.alpha == 0 ? 3 : 4,
      bitDepth: min(bits, 8), isInterlaced: false)
  }
}
