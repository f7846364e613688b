import ConvoLanguage
import ConvoOutput

/// Breaks text into lines that fit.
struct TextLayout {
  private struct Cell {
    var character: Character
    var ink: Ink

    var isSpace: Bool { character == " " }
    var width: Int { TextWidth.of(character) }
  }

  /// In columns, at least 1.
  let width: Int
  /// How far the second line of a broken one, and those after it, move to the right.
  let hangingIndent: Int

  init(width: Int, hangingIndent: Int = 0) {
    self.width = max(1, width)
    // An indent that leaves no room to read in helps nobody.
    self.hangingIndent = hangingIndent * 2 <= width ? hangingIndent : 0
  }

  /// The lines of a text.
  static func lines(of text: StyledText, width: Int) -> [Line] {
    var line = Line()
    for run in text.runs { line.append(Printable.clean(run.text), Ink(run.style)) }
    let layout = TextLayout(width: text.mayWrap ? width : .max, hangingIndent: text.hangingIndent)
    return layout.lines(of: line)
  }

  /// The line, broken where it has line breaks and where it gets too wide.
  func lines(of line: Line) -> [Line] {
    var paragraphs: [[Cell]] = [[]]
    for run in line.runs {
      for character in run.text {
        if character == "\n" {
          paragraphs.append([])
        } else {
          paragraphs[paragraphs.count - 1].append(Cell(character: character, ink: run.ink))
        }
      }
    }
    return paragraphs.flatMap(broken)
  }

  private func broken(_ cells: [Cell]) -> [Line] {
    var lines: [Line] = []
    var rest = cells[...]
    while true {
      let indent = lines.isEmpty ? 0 : hangingIndent
      let (count, next) = firstLine(of: rest, room: width - indent, keepsIndentation: lines.isEmpty)
      var line = Line(String(repeating: " ", count: indent))
      for cell in rest.prefix(count) { line.append(String(cell.character), cell.ink) }
      lines.append(line)
      rest = rest.dropFirst(next)
      if rest.isEmpty { return lines }
    }
  }

  /// How many cells stand on the first line, and with how many of them, blanks included, it is done.
  private func firstLine(
    of cells: ArraySlice<Cell>, room: Int, keepsIndentation: Bool
  ) -> (shown: Int, taken: Int) {
    var used = 0
    var breakPoint: Int?
    var hasText = !keepsIndentation
    for (index, cell) in zip(0..., cells) {
      if cell.isSpace {
        if hasText { breakPoint = index }
      } else {
        // Chinese and Japanese are broken between any two characters.
        if cell.width == 2, index > 0, hasText { breakPoint = index }
        hasText = true
      }
      used += cell.width
      if used > room {
        let end = breakPoint ?? max(1, index)
        return (shown(cells, end), end + cells.dropFirst(end).prefix(while: \.isSpace).count)
      }
    }
    return (cells.count, cells.count)
  }

  /// A broken line ends in no blanks.
  private func shown(_ cells: ArraySlice<Cell>, _ end: Int) -> Int {
    let trailing = cells.prefix(end).reversed().prefix(while: \.isSpace).count
    return trailing < end ? end - trailing : end
  }
}
