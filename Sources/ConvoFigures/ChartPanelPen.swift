import ConvoDrawing
import ConvoOutput

/// Draws one panel of a chart.
struct ChartPanelPen {
  let chart: Chart
  let panel: Chart.Panel
  let frame: ChartPictureLayout.Frame
  let lines: Surface
  let writing: Surface
  let isLast: Bool

  /// Blue and orange first, which nearly everybody can tell apart.
  private static let colors: [(red: Double, green: Double, blue: Double)] = [
    (0.12, 0.47, 0.71), (0.90, 0.45, 0.05), (0.17, 0.55, 0.25), (0.55, 0.30, 0.65),
  ]
  private static let dashes: [[Double]] = [[], [9, 6], [2, 5], [12, 4, 2, 4]]
  /// More points would run into one another.
  private static let mostMarkers = 60

  func draw() {
    heading()
    guard let horizontal = chart.horizontalScale(ticks: 16), let vertical = panel.verticalScale(ticks: 5) else {
      write("no value can be drawn", centred: (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
      return
    }
    axes(horizontal, vertical)
    func place(_ point: Chart.Point) -> (x: Double, y: Double) {
      (
        frame.left + horizontal.place(of: point.x) * (frame.right - frame.left),
        frame.bottom - vertical.place(of: point.y) * (frame.bottom - frame.top)
      )
    }
    for (index, series) in panel.series.enumerated() {
      if series.mark != .points {
        for piece in series.pieces { line(through: piece.map(place), index, isGuide: series.mark == .guide) }
      }
      for point in markedPoints(of: series) { marker(at: place(point), index) }
    }
  }

  private func markedPoints(of series: Chart.Series) -> [Chart.Point] {
    switch series.mark {
    case .points: series.finitePoints
    // A value between two gaps would have neither.
    case .line where series.points.count > Self.mostMarkers: series.pieces.filter { $0.count == 1 }.flatMap { $0 }
    case .line: series.finitePoints
    case .guide: []
    }
  }

  // MARK: Axes

  private func axes(_ horizontal: ChartScale, _ vertical: ChartScale) {
    writing.font(size: 13, bold: false)
    for tick in vertical.ticks {
      let y = (frame.bottom - vertical.place(of: tick) * (frame.bottom - frame.top)).rounded() + 0.5
      rule(from: (frame.left, y), to: (frame.right, y), gray: 0.88)
      let label = vertical.label(tick)
      writing.ink(0.25, 0.25, 0.25, 1)
      writing.write(label, at: frame.left - 10 - writing.width(of: label), y + 4.5)
    }
    for tick in horizontal.ticks {
      let x = (frame.left + horizontal.place(of: tick) * (frame.right - frame.left)).rounded() + 0.5
      rule(from: (x, frame.bottom), to: (x, frame.bottom + 5), gray: 0.3)
      write(horizontal.label(tick), centred: x, frame.bottom + 20)
    }
    rule(from: (frame.left, frame.bottom + 0.5), to: (frame.right, frame.bottom + 0.5), gray: 0.3)
    rule(from: (frame.left + 0.5, frame.top), to: (frame.left + 0.5, frame.bottom), gray: 0.3)
    if isLast {
      write(PictureText.printable(chart.horizontal.title), centred: (frame.left + frame.right) / 2, frame.bottom + 44)
    }
  }

  private func rule(from start: (x: Double, y: Double), to end: (x: Double, y: Double), gray: Double) {
    lines.ink(gray, gray, gray, 1)
    lines.dash([])
    lines.move(start.x, start.y)
    lines.line(end.x, end.y)
    lines.stroke(1)
  }

  private func write(_ text: String, centred x: Double, _ y: Double) {
    writing.font(size: 13, bold: false)
    writing.ink(0.25, 0.25, 0.25, 1)
    writing.write(text, at: (x - writing.width(of: text) / 2).rounded(), y)
  }

  // MARK: Heading

  /// What the vertical axis measures, the legend, and what could not be drawn.
  private func heading() {
    let y = frame.top - 14
    writing.font(size: 15, bold: true)
    writing.ink(0, 0, 0, 1)
    let title = PictureText.printable(panel.vertical.title)
    writing.write(title, at: frame.left, y)
    var x = frame.left + writing.width(of: title) + 28
    writing.font(size: 13, bold: false)
    if panel.series.count > 1 || panel.series.first.map({ $0.name != panel.vertical.title }) == true {
      for (index, series) in panel.series.enumerated() {
        if series.mark != .points {
          line(through: [(x, y - 5), (x + 38, y - 5)], index, isGuide: series.mark == .guide)
        }
        if !markedPoints(of: series).isEmpty { marker(at: (x + 19, y - 5), index) }
        let name = PictureText.printable(series.name)
        writing.ink(0.25, 0.25, 0.25, 1)
        writing.write(name, at: x + 46, y)
        x += 46 + writing.width(of: name) + 26
      }
    }
    for remark in panel.remarks {
      writing.ink(0.7, 0.3, 0, 1)
      writing.write(PictureText.printable(remark), at: x, y)
      x += writing.width(of: remark) + 26
    }
  }

  // MARK: Series

  private func ink(_ series: Int, isGuide: Bool = false) {
    let color = isGuide ? (0.55, 0.55, 0.55) : Self.colors[series % Self.colors.count]
    lines.ink(color.0, color.1, color.2, 1)
  }

  private func line(through places: [(x: Double, y: Double)], _ series: Int, isGuide: Bool) {
    guard let first = places.first else { return }
    ink(series, isGuide: isGuide)
    lines.dash(isGuide ? [3, 5] : Self.dashes[series % Self.dashes.count])
    lines.move(first.x, first.y)
    for place in places.dropFirst() { lines.line(place.x, place.y) }
    lines.stroke(isGuide ? 1.2 : 2.2)
    lines.dash([])
  }

  /// Every other series has hollow points.
  private func marker(at place: (x: Double, y: Double), _ series: Int) {
    lines.dash([])
    lines.ellipse(place.x, place.y, 4, 4)
    if series % 2 == 0 {
      ink(series)
      lines.fill()
    } else {
      lines.ink(1, 1, 1, 1)
      lines.fill()
      ink(series)
      lines.ellipse(place.x, place.y, 4, 4)
      lines.stroke(1.8)
    }
  }
}
