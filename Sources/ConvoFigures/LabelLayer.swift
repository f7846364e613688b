import ConvoDrawing

/// The labels of a sheet, written apart from it: whatever happens to fonts, the pictures stay.
struct LabelLayer {
  private static let fontSize = 12.0

  private let surface: Surface

  init(height: Int, width: Int) {
    surface = Surface(width: width, height: height, transparent: true)
  }

  /// Writes two centred lines below a picture, shortened to a width.
  func write(_ label: String, _ detail: String, row: Int, column: Int, width: Int, lineHeight: Int) {
    for (line, (text, isBold)) in [(label, true), (detail, false)].enumerated() where !text.isEmpty {
      surface.font(size: Self.fontSize, bold: isBold)
      surface.ink(0, 0, 0, isBold ? 1 : 0.6)
      let text = shortened(text, to: Double(width))
      let start = Double(column) + max(0, (Double(width) - surface.width(of: text)) / 2)
      surface.write(text, at: start.rounded(), Double(row + (line + 1) * lineHeight))
    }
  }

  /// The end of a file's name says more than its beginning, so that the middle is left out.
  private func shortened(_ text: String, to width: Double) -> String {
    let text = PictureText.printable(text)
    guard surface.width(of: text) > width else { return text }
    var kept = text.count - 1
    while kept > 0 {
      let short = "\(text.prefix(kept / 3))…\(text.suffix(kept - kept / 3))"
      if surface.width(of: short) <= width { return short }
      kept -= 1
    }
    return ""
  }

  /// Puts the labels on the sheet; without a font there are none.
  func draw(on sheet: inout Sheet) {
    guard surface.failure == nil else { return }
    surface.withPixels { pixels, stride in
      for row in 0..<sheet.height {
        for column in 0..<sheet.width {
          let alpha = UInt8(truncatingIfNeeded: pixels[row * stride + column] >> 24)
          if alpha > 0 { sheet.blend(0, alpha: alpha, row: row, column: column) }
        }
      }
    }
  }
}
