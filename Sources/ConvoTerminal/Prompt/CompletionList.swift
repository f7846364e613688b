import ConvoLanguage

/// The ways in which a word may go on, side by side in columns.
enum CompletionList {
  /// More than this is no help.
  static let mostShown = 200

  /// Sorted down the columns, as `ls` does it; every line with its line break.
  static func text(_ names: [String], width: Int) -> String {
    let shown = names.prefix(mostShown).map(Printable.clean)
    let cell = (shown.map { TextWidth.of($0) }.max() ?? 0) + 2
    let columns = max(1, (width + 1) / cell)
    let rows = (shown.count + columns - 1) / columns
    var text = ""
    for row in 0..<rows {
      let line = stride(from: row, to: shown.count, by: rows).map { shown[$0] }
      for (index, name) in line.enumerated() {
        let isLast = index == line.count - 1
        text += isLast ? name : name + String(repeating: " ", count: cell - TextWidth.of(name))
      }
      text += "\n"
    }
    let left = names.count - shown.count
    return left > 0 ? text + "… and \(left) more\n" : text
  }
}
