import ConvoLanguage
import ConvoOutput

/// One line of a terminal, laid out.
struct Line: Hashable {
  struct Run: Hashable {
    var text: String
    var ink: Ink
  }

  private(set) var runs: [Run] = []

  init() {}

  init(_ text: String, _ ink: Ink = .plain) {
    append(text, ink)
  }

  /// The characters alone.
  var text: String { runs.map(\.text).joined() }

  /// In columns.
  var width: Int { TextWidth.of(text) }

  mutating func append(_ text: String, _ ink: Ink = .plain) {
    guard !text.isEmpty else { return }
    if let last = runs.last, last.ink == ink {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, ink: ink))
    }
  }

  mutating func append(_ line: Line) {
    for run in line.runs { append(run.text, run.ink) }
  }

  /// Spaces up to a width.
  func padded(to width: Int, _ alignment: Table.Alignment) -> Line {
    let space = String(repeating: " ", count: max(0, width - self.width))
    var padded = Line()
    if alignment == .right { padded.append(space) }
    padded.append(self)
    if alignment == .left { padded.append(space) }
    return padded
  }

  /// As much of the line as fits.
  func cut(to width: Int) -> Line {
    guard self.width > width else { return self }
    var kept = Line()
    var room = width
    for run in runs {
      for character in run.text {
        room -= TextWidth.of(character)
        if room < 0 { return kept }
        kept.append(String(character), run.ink)
      }
    }
    return kept
  }
}
