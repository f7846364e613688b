/// The IHDR chunk of a PNG file (ISO/IEC 15948, 11.2.2).
struct PNGHeader {
  enum ColorType: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6

    var channels: Int {
      switch self {
      case .gray, .palette: 1
      case .grayAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  let width: Int
  let height: Int
  let bitDepth: Int
  let colorType: ColorType
  let isInterlaced: Bool

  /// - Parameter data: a file that begins with the PNG signature.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    let firstChunk = 8
    guard data.count >= firstChunk + 8 + 13 else { throw .truncated }
    func number(at offset: Int) -> Int {
      Int(UInt32(bigEndian: data.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let ihdr = 0x4948_4452
    guard number(at: firstChunk) == 13, number(at: firstChunk + 4) == ihdr else {
      throw .damaged("a PNG file begins with an IHDR chunk")
    }
    width = number(at: 16)
    height = number(at: 20)
    bitDepth = Int(data[24])
    guard let colorType = ColorType(rawValue: data[25]), [1, 2, 4, 8, 16].contains(bitDepth) else {
      throw .damaged("no PNG has \(data[24]) bits of colour type \(data[25])")
    }
    self.colorType = colorType
    isInterlaced = data[28] != 0
  }

  var summary: ImageHeader {
    ImageHeader(
      format: .png, width: width, height: height, channels: colorType.channels, bitDepth: bitDepth,
      isInterlaced: isInterlaced)
  }
}
