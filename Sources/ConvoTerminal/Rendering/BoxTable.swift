import ConvoLanguage
import ConvoOutput

/// A table drawn with lines, as Keras draws a model's summary.
struct BoxTable {
  struct Column {
    var title: String
    var alignment: Table.Alignment
    /// The width it has where there is room; more where its content needs it.
    var usualWidth: Int

    init(_ title: String, _ alignment: Table.Alignment, usualWidth: Int = 0) {
      self.title = title
      self.alignment = alignment
      self.usualWidth = usualWidth
    }
  }

  var columns: [Column]
  /// Each row has one cell a column.
  var rows: [[Line]]
  /// Whether a line is drawn between the rows.
  var separatesRows: Bool

  /// The table in at most so many columns; where it does not fit, each row becomes a list of its cells.
  func lines(width: Int) -> [Line] {
    guard !columns.isEmpty else { return [] }
    let room = width - 3 * columns.count - 1
    let wishes = columns.indices.map(wish)
    let usual = zip(columns, wishes).map { max($0.usualWidth, $1.natural) }
    let widths = usual.reduce(0, +) <= room ? usual : ColumnWidths.share(wishes, room: room)
    guard let widths else { return list(width: width) }
    var lines = [Self.rule("┏", "━", "┳", "┓", widths)]
    lines += content(columns.map { Line($0.title, .strong) }, widths, bar: "┃", isHeader: true)
    lines.append(Self.rule("┡", "━", "╇", "┩", widths))
    for (index, row) in rows.enumerated() {
      if separatesRows && index > 0 { lines.append(Self.rule("├", "─", "┼", "┤", widths)) }
      lines += content(row, widths, bar: "│", isHeader: false)
    }
    lines.append(Self.rule("└", "─", "┴", "┘", widths))
    return lines
  }

  private func cell(_ row: [Line], _ column: Int) -> Line {
    column < row.count ? row[column] : Line()
  }

  private func wish(_ column: Int) -> ColumnWidths.Wish {
    let texts = [columns[column].title] + rows.map { cell($0, column).text }
    let lines = texts.flatMap { $0.split(separator: "\n") }
    let words = lines.flatMap { $0.split(separator: " ") }
    return ColumnWidths.Wish(
      natural: max(1, lines.map { TextWidth.of($0) }.max() ?? 0),
      word: max(1, words.map { TextWidth.of($0) }.max() ?? 0),
      mayBreakWords: columns[column].alignment == .left)
  }

  private func content(_ cells: [Line], _ widths: [Int], bar: String, isHeader: Bool) -> [Line] {
    let wrapped = widths.indices.map { TextLayout(width: widths[$0]).lines(of: cell(cells, $0)) }
    let height = wrapped.map(\.count).max() ?? 1
    return (0..<height).map { row in
      var line = Line(bar)
      for (column, parts) in wrapped.enumerated() {
        // Keras sets headings at the foot of their box and everything else at its head.
        let index = isHeader ? row - (height - parts.count) : row
        let part = parts.indices.contains(index) ? parts[index] : Line()
        line.append(" ")
        line.append(part.padded(to: widths[column], columns[column].alignment))
        line.append(" " + bar)
      }
      return line
    }
  }

  private static func rule(_ left: String, _ bar: String, _ cross: String, _ right: String, _ widths: [Int]) -> Line {
    Line(left + widths.map { String(repeating: bar, count: $0 + 2) }.joined(separator: cross) + right)
  }

  private func list(width: Int) -> [Line] {
    rows.flatMap { row -> [Line] in
      columns.indices.flatMap { column -> [Line] in
        var line = Line((column == 0 ? "" : "  ") + columns[column].title + ": ", .faint)
        line.append(cell(row, column))
        return TextLayout(width: width, hangingIndent: 4).lines(of: line)
      }
    }
  }
}
