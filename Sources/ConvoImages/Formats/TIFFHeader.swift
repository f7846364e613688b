import CTIFF

/// The fields of a TIFF file's first page that say how its pixels are stored (TIFF 6.0, section 8).
struct TIFFHeader {
  enum Meaning {
    /// 0 is white.
    case invertedGray
    case gray
    case rgb
    case palette
    case cmyk
    /// To be converted by libtiff, as the samples may lie in blocks.
    case yCbCr
  }

  enum Number {
    case unsigned, signed, float
  }

  enum Alpha {
    case none
    case straight
    /// Colours are multiplied by it.
    case premultiplied
  }

  /// As stored: before it is turned.
  let storedWidth: Int
  let storedHeight: Int
  /// 1…8; how the picture is to be turned.
  let orientation: Int
  let bits: Int
  /// Values of a pixel, those without meaning counted.
  let samples: Int
  let number: Number
  let alpha: Alpha
  /// Each channel is stored for itself.
  let isPlanar: Bool
  let compression: Int
  private let photometric: Int

  init(_ file: TIFFFile) throws(ImageProblem) {
    guard let width = file.number32(TIFFTAG_IMAGEWIDTH), let height = file.number32(TIFFTAG_IMAGELENGTH) else {
      throw .damaged("it does not say how large it is")
    }
    (storedWidth, storedHeight) = (width, height)
    let orientation = file.number16(TIFFTAG_ORIENTATION) ?? 1
    self.orientation = (1...8).contains(orientation) ? orientation : 1
    bits = file.number16(TIFFTAG_BITSPERSAMPLE) ?? 1
    samples = max(1, file.number16(TIFFTAG_SAMPLESPERPIXEL) ?? 1)
    compression = file.number16(TIFFTAG_COMPRESSION) ?? Int(COMPRESSION_NONE)
    photometric = file.number16(TIFFTAG_PHOTOMETRIC) ?? Int(PHOTOMETRIC_MINISWHITE)
    isPlanar = file.number16(TIFFTAG_PLANARCONFIG) == Int(PLANARCONFIG_SEPARATE)
    number =
      switch Int32(file.number16(TIFFTAG_SAMPLEFORMAT) ?? 1) {
      case SAMPLEFORMAT_INT: .signed
      case SAMPLEFORMAT_IEEEFP: .float
      default: .unsigned
      }
    var count: UInt16 = 0
    var kinds: UnsafePointer<UInt16>?
    let hasExtra = convo_tiff_get_extra_samples(file.handle, &count, &kinds) != 0 && count > 0
    let isColor = photometric == Int(PHOTOMETRIC_RGB)
    switch hasExtra ? kinds.map({ Int32($0.pointee) }) : nil {
    case nil: alpha = isColor && samples == 4 ? .straight : .none
    case EXTRASAMPLE_ASSOCALPHA: alpha = .premultiplied
    case EXTRASAMPLE_UNSPECIFIED: alpha = .none
    default: alpha = .straight
    }
  }

  /// - Throws: ``ImageProblem/unsupported(_:)``.
  var meaning: Meaning {
    get throws(ImageProblem) {
      switch Int32(photometric) {
      case PHOTOMETRIC_MINISWHITE: return .invertedGray
      case PHOTOMETRIC_MINISBLACK: return .gray
      case PHOTOMETRIC_RGB: return .rgb
      case PHOTOMETRIC_PALETTE: return .palette
      case PHOTOMETRIC_SEPARATED: return .cmyk
      case PHOTOMETRIC_YCBCR: return samples == 1 ? .gray : .yCbCr
      case PHOTOMETRIC_CIELAB: throw .unsupported("a TIFF in CIELAB colours")
      default: throw .unsupported("a TIFF with photometric interpretation \(photometric)")
      }
    }
  }

  var isTurnedSideways: Bool { orientation >= 5 }

  var summary: ImageHeader {
    ImageHeader(
      format: .tiff, width: isTurnedSideways ? storedHeight : storedWidth,
      height: isTurnedSideways ? storedWidth : storedHeight, channels: samples, bitDepth: bits, isInterlaced: false)
  }
}
