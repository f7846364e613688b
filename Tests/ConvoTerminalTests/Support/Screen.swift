import ConvoLanguage

/// What a terminal shows of the bytes that it is sent: as much of ECMA-48 as line editors and progress bars use. It has
/// no end below, so that nothing scrolls away, and does not break lines anew when it is resized.
struct Screen {
  var columns: Int
  private var rows: [[Character]] = [[]]
  private var row = 0
  private var column = 0
  /// A character in the last column leaves the cursor there until the next one comes.
  private var wrapsNext = false
  private var inserts = false
  private var pending = ""
  /// Every sequence that sets colors, in order.
  private(set) var renditions: [String] = []

  /// Fills a wide character's second column.
  private static let rest: Character = "\u{0}"

  init(columns: Int) {
    self.columns = columns
  }

  /// The lines, without blanks at their ends.
  var lines: [String] {
    rows.map { row in
      var line = row.filter { $0 != Self.rest }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  var text: String {
    var lines = lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The line that the cursor stands in.
  var cursorLine: String { lines[row] }
  var cursorColumn: Int { column }

  mutating func feed(_ text: String) {
    var scalars = Substring(pending + text)
    pending = ""
    while let character = scalars.first {
      if character == "\u{1B}" {
        guard let rest = sequence(scalars) else {
          pending = String(scalars)
          return
        }
        scalars = rest
        continue
      }
      scalars.removeFirst()
      switch character {
      case "\r": move(to: 0)
      case "\n": lineFeed()
      case "\r\n":
        move(to: 0)
        lineFeed()
      case "\u{8}": move(to: column - 1)
      case "\u{7}": break
      default: print(character)
      }
    }
  }

  private mutating func move(to column: Int) {
    self.column = min(max(0, column), columns - 1)
    wrapsNext = false
  }

  private mutating func lineFeed() {
    row += 1
    wrapsNext = false
    if row == rows.count { rows.append([]) }
  }

  private mutating func print(_ character: Character) {
    let width = TextWidth.of(character)
    guard width > 0 else { return }
    if wrapsNext || column + width > columns {
      move(to: 0)
      lineFeed()
    }
    while rows[row].count < column + width { rows[row].append(" ") }
    if inserts {
      rows[row].insert(contentsOf: Array(repeating: " ", count: width), at: column)
      rows[row] = Array(rows[row].prefix(columns))
    }
    rows[row][column] = character
    if width == 2 { rows[row][column + 1] = Self.rest }
    column += width
    if column == columns {
      column -= 1
      wrapsNext = true
    }
  }

  /// Obeys the escape sequence that the text begins with and returns what follows it; `nil` where it is not whole yet.
  private mutating func sequence(_ text: Substring) -> Substring? {
    var rest = text.dropFirst()
    guard let kind = rest.popFirst() else { return nil }
    guard kind == "[" else { return "()".contains(kind) ? (rest.isEmpty ? nil : rest.dropFirst()) : rest }
    let parameters = rest.prefix { $0.isNumber || ";?".contains($0) }
    rest = rest.dropFirst(parameters.count)
    guard let final = rest.popFirst() else { return nil }
    obey(final, String(parameters))
    return rest
  }

  private mutating func obey(_ final: Character, _ parameters: String) {
    let count = Int(parameters.split(separator: ";").first ?? "") ?? 1
    switch final {
    case "A": row = max(0, row - count)
    case "B": for _ in 0..<count { lineFeed() }
    case "C": move(to: column + count)
    case "D": move(to: column - count)
    case "G": move(to: count - 1)
    case "H": (row, column) = (0, 0)
    case "K": rows[row] = Array(rows[row].prefix(column))
    case "J":
      if parameters == "2" { rows = [[]] + rows.dropFirst().map { _ in [] } }
      rows[row] = Array(rows[row].prefix(column))
      rows = Array(rows.prefix(row + 1))
    case "P": rows[row].removeSubrange(min(column, rows[row].count)..<min(column + count, rows[row].count))
    case "@":
      while rows[row].count < column { rows[row].append(" ") }
      rows[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
    case "h" where parameters == "4": inserts = true
    case "l" where parameters == "4": inserts = false
    case "m": renditions.append(parameters)
    default: break
    }
    if "ABCDGH".contains(final) { wrapsNext = false }
  }
}
