import ConvoLanguage
import ConvoOutput

extension Chart {
  /// The chart in characters; its numbers as a table where there is no room to draw.
  func lines(width: Int, symbols: ChartSymbols = .ofEnvironment) -> [Line] {
    let layout = ChartLayout(self, width: width, symbols: symbols)
    guard layout.columns >= ChartLayout.leastColumns else { return table.lines(width: width) }
    let heading = title.isEmpty ? [] : TextLayout(width: width).lines(of: Line(Printable.clean(title), .strong))
    return heading
      + panels.indices.flatMap { index -> [Line] in
        (index > 0 ? [Line()] : []) + layout.lines(of: panels[index], isLast: index == panels.count - 1)
      }
  }
}

/// Where everything of a chart stands in a terminal.
private struct ChartLayout {
  /// Fewer show nothing.
  static let leastColumns = 12

  let chart: Chart
  let width: Int
  let symbols: ChartSymbols
  /// Beside the numbers of the vertical axes.
  let columns: Int
  private let rows: Int
  private let margin: Int

  init(_ chart: Chart, width: Int, symbols: ChartSymbols) {
    self.chart = chart
    self.width = width
    self.symbols = symbols
    // Two panels with all around them are as high as the usual window.
    let rows = chart.panels.count > 1 ? 8 : 12
    self.rows = rows
    let labels = chart.panels.flatMap { panel in
      panel.verticalScale(ticks: rows / 2).map { scale in scale.ticks.map(scale.label) } ?? []
    }
    margin = labels.map { TextWidth.of($0) }.max() ?? 0
    columns = width - margin - 2
  }

  func lines(of panel: Chart.Panel, isLast: Bool) -> [Line] {
    guard let vertical = panel.verticalScale(ticks: rows / 2), let horizontal = chart.horizontalScale(ticks: 2) else {
      return [Line(Printable.clean(panel.vertical.title), .strong), Line("  no value can be drawn", .faint)]
        + remarks(of: panel)
    }
    let showsPoints = panel.series.allSatisfy { $0.points.count <= columns / 3 }
    var canvas = DotCanvas(columns: columns, rows: rows, symbols: symbols)
    func place(_ point: Chart.Point) -> (x: Double, y: Double) {
      (horizontal.place(of: point.x), vertical.place(of: point.y))
    }
    for (index, series) in panel.series.enumerated() where series.mark != .points {
      for piece in series.pieces {
        canvas.line(through: piece.map(place), series: index, isGuide: series.mark == .guide)
      }
    }
    for (index, series) in panel.series.enumerated() where series.hasMarkers(showsPoints) {
      for point in series.finitePoints { canvas.mark(place(point), series: index) }
    }
    return heading(of: panel, showsPoints) + body(canvas, vertical) + foot(canvas, horizontal, isLast: isLast)
      + remarks(of: panel)
  }

  private func heading(of panel: Chart.Panel, _ showsPoints: Bool) -> [Line] {
    var line = Line(Printable.clean(panel.vertical.title), .strong)
    if panel.series.count > 1 || panel.series.first.map({ $0.name != panel.vertical.title }) == true {
      for (index, series) in panel.series.enumerated() {
        let marker = series.hasMarkers(showsPoints) ? String(symbols.marker(index)) : ""
        let sample = series.mark == .guide ? symbols.guideSample : marker.isEmpty ? symbols.sample(index) : ""
        line.append("   ")
        line.append(marker + sample, series.mark == .guide ? .faint : .series(index))
        line.append(" " + Printable.clean(series.name))
      }
    }
    return TextLayout(width: width, hangingIndent: 4).lines(of: line)
  }

  private func body(_ canvas: DotCanvas, _ scale: ChartScale) -> [Line] {
    var labels: [Int: String] = [:]
    for tick in scale.ticks {
      let row = canvas.row(of: scale.place(of: tick))
      if labels[row] == nil { labels[row] = scale.label(tick) }
    }
    return (0..<rows).map { row in
      let label = labels[row] ?? ""
      var line = Line(String(repeating: " ", count: max(0, margin - TextWidth.of(label))) + label + " ")
      line.append(labels[row] == nil ? symbols.vertical : symbols.verticalTick, .faint)
      line.append(canvas.line(row))
      return line
    }
  }

  /// The horizontal axis with its numbers: as many as there is room for.
  private func foot(_ canvas: DotCanvas, _ scale: ChartScale, isLast: Bool) -> [Line] {
    var (bar, numbers) = (Array(repeating: symbols.horizontal, count: columns), "")
    var free = 0
    for (tick, label) in horizontalTicks {
      let column = canvas.column(of: scale.place(of: tick))
      let start = max(0, min(columns - label.count, column - (label.count - 1) / 2))
      guard start >= free else { continue }
      bar[column] = symbols.horizontalTick
      numbers += String(repeating: " ", count: start - numbers.count) + label
      free = numbers.count + 2
    }
    let indent = String(repeating: " ", count: margin + 1)
    var lines = [Line(indent + symbols.corner + bar.joined(), .faint), Line(indent + " " + numbers)]
    let title = Printable.clean(chart.horizontal.title)
    if isLast, !title.isEmpty {
      let gap = max(0, (columns - TextWidth.of(title)) / 2)
      lines += TextLayout(width: width).lines(of: Line(indent + " " + String(repeating: " ", count: gap) + title))
    }
    return lines
  }

  /// The most ticks that can stand side by side.
  private var horizontalTicks: [(tick: Double, label: String)] {
    for wanted in [15, 10, 8, 5, 3] {
      guard let scale = chart.horizontalScale(ticks: wanted) else { continue }
      let labels = scale.ticks.map { ($0, scale.label($0)) }
      if labels.reduce(0, { $0 + $1.1.count + 3 }) <= columns { return labels }
    }
    return chart.horizontalScale(ticks: 2).map { scale in scale.ticks.map { ($0, scale.label($0)) } } ?? []
  }

  private func remarks(of panel: Chart.Panel) -> [Line] {
    panel.remarks.flatMap { TextLayout(width: width, hangingIndent: 2).lines(of: Line(Printable.clean($0), .warning)) }
  }
}

extension Chart.Series {
  fileprivate func hasMarkers(_ showsPoints: Bool) -> Bool {
    switch mark {
    case .points: true
    case .line: showsPoints
    case .guide: false
    }
  }
}
