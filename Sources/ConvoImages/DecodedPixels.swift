/// A decoded file before its conversion: 8 bits a channel, in one of the layouts that files have.
///
/// The layouts are Pillow's modes `L`, `LA`, `RGB`, `RGBA` and `CMYK`; a palette is already looked up.
struct DecodedPixels {
  enum Layout {
    case gray
    case grayAlpha
    case rgb
    case rgba
    /// As Adobe stores it: 255 is no ink.
    case invertedCMYK

    var channels: Int {
      switch self {
      case .gray: 1
      case .grayAlpha: 2
      case .rgb: 3
      case .rgba, .invertedCMYK: 4
      }
    }
  }

  let height: Int
  let width: Int
  let layout: Layout
  /// `[height, width, layout.channels]`.
  let bytes: [UInt8]
  /// The one colour that a PNG declares to be transparent (gray as three equal values). It matters to
  /// ``ColorMode/rgba`` alone.
  var transparentColor: (red: UInt8, green: UInt8, blue: UInt8)?
}
