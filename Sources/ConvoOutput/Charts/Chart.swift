/// Points over a shared horizontal axis, in one panel or several one below the other: what is drawn, not how. A terminal
/// draws it in characters, `ConvoFigures` as a picture, and programs read it as a table.
public struct Chart: Sendable, Hashable {
  /// May be empty.
  public var title: String
  /// What is counted to the right, such as "epoch".
  public var horizontal: ChartAxis
  /// From top to bottom.
  public var panels: [Panel]

  public init(title: String, horizontal: ChartAxis, panels: [Panel]) {
    self.title = title
    self.horizontal = horizontal
    self.panels = panels
  }

  /// Series that share a vertical axis.
  public struct Panel: Sendable, Hashable {
    public var vertical: ChartAxis
    public var series: [Series]

    public init(vertical: ChartAxis, series: [Series]) {
      self.vertical = vertical
      self.series = series
    }
  }

  /// Points of one kind.
  public struct Series: Sendable, Hashable {
    /// As the legend has it.
    public var name: String
    /// From left to right where a line connects them. One that is not finite is a gap in the line.
    public var points: [Point]
    public var mark: Mark

    public init(_ name: String, _ points: [Point], mark: Mark = .line) {
      self.name = name
      self.points = points
      self.mark = mark
    }

    /// Values at 1, 2, 3 …
    public init(_ name: String, values: [Double]) {
      self.init(name, values.enumerated().map { Point(Double($0.offset + 1), $0.element) })
    }
  }

  /// How a series is drawn.
  public enum Mark: Sendable, Hashable {
    /// Points with a line through them.
    case line
    /// Points alone.
    case points
    /// A faint line without points, to compare the others with.
    case guide
  }

  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }

    public var isFinite: Bool { x.isFinite && y.isFinite }
  }
}

/// What an axis measures, and how far it goes.
public struct ChartAxis: Sendable, Hashable {
  /// May be empty.
  public var title: String
  /// What it goes from and to at least; what the points need where `nil`.
  public var range: ClosedRange<Double>?
  /// Whether only whole numbers mean something on it, as of epochs.
  public var isWhole: Bool

  public init(_ title: String, range: ClosedRange<Double>? = nil, isWhole: Bool = false) {
    self.title = title
    self.range = range
    self.isWhole = isWhole
  }
}

extension Chart {
  /// The horizontal scale that all panels share; `nil` where no point is finite.
  public func horizontalScale(ticks: Int) -> ChartScale? {
    ChartScale(
      horizontal, values: panels.flatMap { $0.series.flatMap(\.finitePoints) }.map(\.x), ticks: ticks, isTight: true)
  }

  /// The points as rows: a column for the horizontal axis, and one for each series.
  public var table: Table {
    let series = panels.flatMap { panel in panel.series.map { (panel: panel, series: $0) } }
    let isAmbiguous = Set(series.map(\.series.name)).count < series.count
    let columns = series.map { entry in
      isAmbiguous ? "\(entry.panel.vertical.title) \(entry.series.name)" : entry.series.name
    }
    var cells: [Double: [Int: [String]]] = [:]
    for (column, entry) in series.enumerated() {
      for point in entry.series.points where !point.x.isNaN {
        cells[point.x, default: [:]][column, default: []].append(NumberText.metric(point.y))
      }
    }
    var rows: [[String]] = []
    for (x, values) in cells.sorted(by: { $0.key < $1.key }) {
      // As many rows as the series with the most points there.
      for row in 0..<(values.values.map(\.count).max() ?? 0) {
        let texts = series.indices.map { column in
          let there = values[column] ?? []
          return there.indices.contains(row) ? there[row] : ""
        }
        rows.append([NumberText.short(x)] + texts)
      }
    }
    return Table(
      title: title, columns: ([horizontal.title] + columns).map { Table.Column($0, .right) }, rows: rows)
  }
}

extension Chart.Panel {
  /// The vertical scale; `nil` where no point is finite.
  public func verticalScale(ticks: Int) -> ChartScale? {
    ChartScale(vertical, values: series.flatMap(\.finitePoints).map(\.y), ticks: ticks, isTight: false)
  }

  /// What a reader has to be told of points that can't be drawn; empty where all can.
  public var remarks: [String] {
    series.compactMap { series in
      let missing = series.points.count - series.finitePoints.count
      guard missing > 0 else { return nil }
      let what = missing == 1 ? "value is not a finite number" : "values are not finite numbers"
      return "\(missing) of \(series.points.count) \(what) and can't be drawn: \(series.name)"
    }
  }
}

extension Chart.Series {
  /// The points that can be drawn.
  public var finitePoints: [Chart.Point] { points.filter(\.isFinite) }

  /// The pieces of the line: the runs of points that can be drawn.
  public var pieces: [[Chart.Point]] {
    points.split { !$0.isFinite }.map(Array.init)
  }
}
