import ConvoOutput

/// Collects the cells of a table; the first row is its head.
struct TableBuilder {
  let isRight: [Bool]
  private var rows: [[String]] = []

  init(isRight: [Bool]) {
    self.isRight = isRight
  }

  mutating func beginRow() {
    rows.append([])
  }

  mutating func append(_ text: String) {
    guard !rows.isEmpty else { return }
    rows[rows.count - 1].append(text)
  }

  var table: Table {
    let filled = rows.map { row in
      row.prefix(isRight.count) + Array(repeating: "", count: max(0, isRight.count - row.count))
    }
    let titles = filled.first ?? []
    return Table(
      title: "", columns: zip(titles, isRight).map { Table.Column($0, $1 ? .right : .left) },
      rows: filled.dropFirst().map { Array($0) })
  }
}
