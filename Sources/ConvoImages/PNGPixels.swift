/// The stored values of a PNG, as Pillow understands them:
///
/// - gray of 1, 2 or 4 bits is scaled to 0…255;
/// - gray of 16 bits is *clamped* to 255 (Pillow keeps it as 16-bit and its conversion clips it);
/// - other 16-bit channels keep their high byte;
/// - a palette index without an entry is opaque black;
/// - the transparent gray or colour is compared by its low byte with the 8-bit value (for 1-bit gray: any
///   number but 0 means white).
struct PNGPixels {
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
  let palette: [IndexedPixels.Color]
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
    IndexedPixels(
      height: header.height, width: header.width, indices: unpacked(), palette: palette,
      alpha: transparency?.paletteAlpha
    ).decoded()
  }

  private func unpacked() -> [UInt8] {
    guard header.bitDepth < 8 else { return stored }
    let rows = PackedValues(bits: header.bitDepth, stride: (header.width * header.bitDepth + 7) / 8)
    return stored.withUnsafeBytes { rows.unpacked($0, height: header.height, width: header.width) }
  }
}
