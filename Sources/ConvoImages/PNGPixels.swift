/// The stored values of a PNG, as Pillow understands them:
///
/// - gray of 1, 2 or 4 bits is scaled to 0…255;
/// - gray of 16 bits is *clamped* to 255 (Pillow keeps it as 16-bit and its conversion clips it);
/// - other 16-bit channels keep their high byte;
/// - a palette index without an entry is opaque black;
/// - the transparent gray or colour is compared by its low byte with the 8-bit value (for 1-bit gray: any
///   number but 0 means white).
struct PNGPixels {
  typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  /// The tRNS chunk.
  struct Transparency {
    let gray: UInt16
    let red: UInt16
    let green: UInt16
    let blue: UInt16
    let paletteAlpha: [UInt8]
  }

  let header: PNGHeader
  /// Rows without padding between them but to whole bytes; 16-bit values are big-endian.
  let stored: [UInt8]
  let palette: [Color]
  let transparency: Transparency?

  func decoded() -> DecodedPixels {
    switch header.colorType {
    case .palette:
      return lookedUp()
    case .gray:
      var pixels = make(.gray, grayValues())
      pixels.transparentColor = transparency.map { chunk in
        let key = header.bitDepth == 1 ? (chunk.gray == 0 ? 0 : 255) : UInt8(truncatingIfNeeded: chunk.gray)
        return (key, key, key)
      }
      return pixels
    case .rgb:
      var pixels = make(.rgb, highBytes())
      pixels.transparentColor = transparency.map { chunk in
        (
          UInt8(truncatingIfNeeded: chunk.red), UInt8(truncatingIfNeeded: chunk.green),
          UInt8(truncatingIfNeeded: chunk.blue)
        )
      }
      return pixels
    case .grayAlpha:
      return make(.grayAlpha, highBytes())
    case .rgba:
      return make(.rgba, highBytes())
    }
  }

  private func make(_ layout: DecodedPixels.Layout, _ bytes: [UInt8]) -> DecodedPixels {
    DecodedPixels(height: header.height, width: header.width, layout: layout, bytes: bytes)
  }

  private func grayValues() -> [UInt8] {
    switch header.bitDepth {
    case 16:
      return stride(from: 0, to: stored.count - 1, by: 2).map { stored[$0] == 0 ? stored[$0 + 1] : 255 }
    case 8:
      return stored
    default:
      let scale = UInt8(255 / ((1 << header.bitDepth) - 1))
      return unpacked().map { $0 * scale }
    }
  }

  private func highBytes() -> [UInt8] {
    header.bitDepth == 16 ? stride(from: 0, to: stored.count, by: 2).map { stored[$0] } : stored
  }

  private func lookedUp() -> DecodedPixels {
    let alpha = transparency?.paletteAlpha
    let table = (0..<256).map { index in
      let color: Color = index < palette.count ? palette[index] : (0, 0, 0)
      return (color, alpha.flatMap { index < $0.count ? $0[index] : nil } ?? 255)
    }
    let layout: DecodedPixels.Layout = alpha == nil ? .rgb : .rgba
    var bytes: [UInt8] = []
    bytes.reserveCapacity(header.width * header.height * layout.channels)
    for index in unpacked() {
      let (color, opacity) = table[Int(index)]
      bytes.append(color.red)
      bytes.append(color.green)
      bytes.append(color.blue)
      if layout == .rgba { bytes.append(opacity) }
    }
    return make(layout, bytes)
  }

  /// One byte a value, from values of less than 8 bits packed into bytes, the leftmost in the high bits.
  private func unpacked() -> [UInt8] {
    guard header.bitDepth < 8 else { return stored }
    let valuesInByte = 8 / header.bitDepth
    let bytesInRow = (header.width + valuesInByte - 1) / valuesInByte
    let mask = UInt8((1 << header.bitDepth) - 1)
    var values: [UInt8] = []
    values.reserveCapacity(header.width * header.height)
    for row in 0..<header.height {
      for column in 0..<header.width {
        let byte = stored[row * bytesInRow + column / valuesInByte]
        let shift = 8 - header.bitDepth * (column % valuesInByte + 1)
        values.append(byte >> UInt8(shift) & mask)
      }
    }
    return values
  }
}
