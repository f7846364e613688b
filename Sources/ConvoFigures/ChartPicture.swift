import ConvoDrawing
public import ConvoImages
public import ConvoOutput

/// A chart as a picture on white paper.
public struct ChartPicture {
  private let chart: Chart

  public init(_ chart: Chart) {
    self.chart = chart
  }

  /// The picture, `[height, width, 3]`. Without any font on the system it has no labels.
  public func drawn() -> PixelImage {
    let layout = ChartPictureLayout(panels: chart.panels.count)
    // Writing is apart from the rest: whatever happens to fonts, the lines stay.
    let lines = Surface(width: layout.width, height: layout.height, transparent: false)
    let writing = Surface(width: layout.width, height: layout.height, transparent: true)
    lines.ink(1, 1, 1, 1)
    lines.fillAll()
    writing.font(size: 19, bold: true)
    writing.ink(0, 0, 0, 1)
    writing.write(PictureText.printable(chart.title), at: layout.left, 36)
    for (index, panel) in chart.panels.enumerated() {
      ChartPanelPen(
        chart: chart, panel: panel, frame: layout.frame(of: index), lines: lines, writing: writing,
        isLast: index == chart.panels.count - 1
      ).draw()
    }
    if writing.failure == nil { lines.draw(writing, at: 0, 0, alpha: 1) }
    return lines.opaqueImage
  }
}

/// Where everything of a chart's picture stands, in pixels.
struct ChartPictureLayout {
  /// Left, top, right and bottom of a panel's plot.
  typealias Frame = (left: Double, top: Double, right: Double, bottom: Double)

  let panels: Int
  let width = 960
  let left = 84.0
  private let panelHeight = 330
  private let title = 52
  private let foot = 40

  var height: Int { title + max(1, panels) * panelHeight + foot }

  /// A heading stands above the plot, the numbers of the horizontal axis below it.
  func frame(of panel: Int) -> Frame {
    let top = title + panel * panelHeight
    return (left, Double(top + 36), Double(width - 28), Double(top + panelHeight - 28))
  }
}

extension Surface {
  /// What is drawn, without transparency.
  fileprivate var opaqueImage: PixelImage {
    var bytes = [UInt8](repeating: 255, count: width * height * 3)
    withPixels { pixels, stride in
      for row in 0..<height {
        for column in 0..<width {
          let pixel = pixels[row * stride + column]
          let place = (row * width + column) * 3
          bytes[place] = UInt8(truncatingIfNeeded: pixel >> 16)
          bytes[place + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          bytes[place + 2] = UInt8(truncatingIfNeeded: pixel)
        }
      }
    }
    return PixelImage(height: height, width: width, channels: 3, bytes: bytes)
  }
}
