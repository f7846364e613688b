import ConvoOutput

/// How characters look on a terminal.
enum Ink: Hashable {
  case plain, strong, emphasis, code, heading, faint, success, warning, failure
  /// As in Keras's summary: the name of a layer's class, and its output shape.
  case type, shape
  /// What belongs to one of several series of a chart, counted from 0.
  case series(Int)

  init(_ style: StyledText.Style) {
    self =
      switch style {
      case .plain: .plain
      case .strong: .strong
      case .emphasis: .emphasis
      case .code: .code
      case .heading: .heading
      case .faint: .faint
      case .success: .success
      case .warning: .warning
      }
  }

  /// The parameters of the escape sequence "select graphic rendition" (ECMA-48), `nil` where none is needed.
  var rendition: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .emphasis: "3"
    case .code: "36"
    case .heading: "1;35"
    case .faint: "2"
    case .success: "32"
    case .warning: "33"
    case .failure: "1;31"
    case .type: "34"
    case .shape: "36"
    case .series(let index): ["34", "33", "35", "36"][index % 4]
    }
  }
}

/// Turns laid-out lines into the text to write, with colors or without.
struct Painter {
  let hasColors: Bool

  /// The lines, each with its line break.
  func paint(_ lines: [Line]) -> String {
    lines.map { paint($0) + "\n" }.joined()
  }

  /// One line, without a line break. Every escape sequence that it opens is closed in it.
  func paint(_ line: Line) -> String {
    line.runs.map { paint($0.text, $0.ink) }.joined()
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    guard hasColors, let rendition = ink.rendition, !text.isEmpty else { return text }
    return "\u{1B}[\(rendition)m\(text)\u{1B}[0m"
  }
}
