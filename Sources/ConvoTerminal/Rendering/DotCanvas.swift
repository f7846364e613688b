import ConvoOutput

/// Characters to draw dots and lines with. Places are shares of the whole, from the lower left corner.
struct DotCanvas {
  private struct Cell {
    var dots: UInt8 = 0
    var marker: Character?
    var series = 0
    var isGuide = false
  }

  let columns: Int
  let rows: Int
  private let symbols: ChartSymbols
  private var cells: [Cell]

  /// - Precondition: at least one column and one row.
  init(columns: Int, rows: Int, symbols: ChartSymbols) {
    self.columns = columns
    self.rows = rows
    self.symbols = symbols
    cells = Array(repeating: Cell(), count: columns * rows)
  }

  /// Draws a line through places, with the dashes of a series.
  mutating func line(through places: [(x: Double, y: Double)], series: Int, isGuide: Bool) {
    let dashes = symbols.dashes(series, isGuide: isGuide)
    var walked = 0
    let dots = places.map(dot)
    for (index, end) in dots.enumerated() {
      let start = dots[max(0, index - 1)]
      let steps = max(abs(end.column - start.column), abs(end.row - start.row))
      for step in (index == 0 ? 0...0 : 1...max(1, steps)) {
        if walked % (dashes.on + dashes.off) < dashes.on {
          let share = steps == 0 ? 0 : Double(step) / Double(steps)
          set(
            column: start.column + Int((Double(end.column - start.column) * share).rounded()),
            row: start.row + Int((Double(end.row - start.row) * share).rounded()), series: series, isGuide: isGuide)
        }
        walked += 1
      }
    }
  }

  /// Puts the marker of a series at a place.
  mutating func mark(_ place: (x: Double, y: Double), series: Int) {
    let dot = dot(place)
    let index = dot.row / symbols.dots.down * columns + dot.column / symbols.dots.across
    cells[index].marker = symbols.marker(series)
    cells[index].series = series
    cells[index].isGuide = false
  }

  /// The drawn line of characters, from the top, without blanks at its end.
  func line(_ row: Int) -> Line {
    var line = Line()
    let cells = cells[row * columns..<(row + 1) * columns]
    let end = cells.lastIndex { $0.marker != nil || $0.dots != 0 } ?? cells.startIndex - 1
    for cell in cells[cells.startIndex..<end + 1] {
      let ink: Ink = cell.isGuide ? .faint : .series(cell.series)
      if let marker = cell.marker {
        line.append(String(marker), ink)
      } else if cell.dots == 0 {
        line.append(" ")
      } else {
        line.append(String(symbols.character(dots: cell.dots, series: cell.series, isGuide: cell.isGuide)), ink)
      }
    }
    return line
  }

  /// The row of characters that a share of the height is in, from the top.
  func row(of y: Double) -> Int { dot((0, y)).row / symbols.dots.down }

  /// The column of characters that a share of the width is in.
  func column(of x: Double) -> Int { dot((x, 0)).column / symbols.dots.across }

  private func dot(_ place: (x: Double, y: Double)) -> (column: Int, row: Int) {
    let (across, down) = (columns * symbols.dots.across - 1, rows * symbols.dots.down - 1)
    return (Int((place.x * Double(across)).rounded()), Int(((1 - place.y) * Double(down)).rounded()))
  }

  private mutating func set(column: Int, row: Int, series: Int, isGuide: Bool) {
    let index = row / symbols.dots.down * columns + column / symbols.dots.across
    let bit = row % symbols.dots.down * symbols.dots.across + column % symbols.dots.across
    // A guide never takes the colour of what it runs through.
    if cells[index].dots == 0 || !isGuide {
      cells[index].series = series
      cells[index].isGuide = isGuide
    }
    cells[index].dots |= 1 << UInt8(bit)
  }
}
