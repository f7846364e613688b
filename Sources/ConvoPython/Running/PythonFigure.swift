import ConvoOutput

/// What matplotlib's functions have drawn since the last `plt.show()`.
struct PythonFigure: Sendable {
  private var panels: [Chart.Panel] = []
  private var titles: [String] = []
  private var horizontal = ""
  private var labels: [[String]] = []

  private mutating func begin() {
    if panels.isEmpty { newPanel() }
  }

  /// `plt.figure()`.
  mutating func newPanel() {
    if let last = panels.last, last.series.isEmpty { return }
    panels.append(Chart.Panel(vertical: ChartAxis(""), series: []))
  }

  mutating func plot(x: [Double]?, y: [Double], label: String?, isLine: Bool) {
    begin()
    let points = y.enumerated().map { Chart.Point(x?[$0.offset] ?? Double($0.offset), $0.element) }
    let index = panels.count - 1
    let name = label ?? "line \(panels[index].series.count + 1)"
    panels[index].series.append(Chart.Series(name, points, mark: isLine ? .line : .points))
  }

  mutating func title(_ text: String) {
    begin()
    titles.append(text)
  }

  mutating func xlabel(_ text: String) { horizontal = text }

  mutating func ylabel(_ text: String) {
    begin()
    panels[panels.count - 1].vertical.title = text
  }

  /// `plt.legend(['a', 'b'])` names the lines in order.
  mutating func legend(_ names: [String]) {
    begin()
    for (place, name) in names.enumerated() where panels[panels.count - 1].series.indices.contains(place) {
      panels[panels.count - 1].series[place].name = name
    }
  }

  /// The chart, and an empty figure from then on; `nil` where nothing was drawn.
  mutating func take() -> Chart? {
    let drawn = panels.filter { !$0.series.isEmpty }
    let title = titles.joined(separator: " · ")
    let axis = ChartAxis(horizontal.isEmpty ? "epoch" : horizontal, isWhole: drawn.allSatisfy(Self.isWhole))
    self = PythonFigure()
    return drawn.isEmpty ? nil : Chart(title: title, horizontal: axis, panels: drawn)
  }

  private static func isWhole(_ panel: Chart.Panel) -> Bool {
    panel.series.allSatisfy { $0.points.allSatisfy { $0.x == $0.x.rounded() } }
  }
}
