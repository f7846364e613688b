import ConvoLanguage
import ConvoOutput

extension LocatedDiagnostic {
  /// The code of what is no mistake: the learner asked for it.
  static let interruptedCode = "interrupted"

  /// The message, the line with a caret under the place, and the help.
  func lines(width: Int) -> [Line] {
    let isInterruption = diagnostic.code == Self.interruptedCode
    var heading = Line(place)
    if !isInterruption { heading.append("error: ", .failure) }
    heading.append(Printable.clean(diagnostic.message), isInterruption ? .warning : .strong)
    var lines = TextLayout(width: width, hangingIndent: 4).lines(of: heading)
    if !isInterruption { lines += excerpt(width: width) }
    if !diagnostic.help.isEmpty {
      var help = Line("  ")
      if !isInterruption { help.append("help: ", .success) }
      help.append(Printable.clean(diagnostic.help))
      lines += TextLayout(width: width, hangingIndent: 8).lines(of: help)
    }
    return lines
  }

  private var place: String {
    guard let file else { return "" }
    guard let position else { return Printable.clean(file) + ": " }
    return "\(Printable.clean(file)):\(position.line):\(position.column): "
  }

  /// The line of the source, or the part of it that fits, and the caret.
  private func excerpt(width: Int) -> [Line] {
    guard let position else { return [] }
    let number = String(position.line)
    let margin = String(repeating: " ", count: number.count)
    let room = width - number.count - 5
    guard room >= 8 else { return [] }
    let before = Printable.clean(String(line.prefix(indent)))
    let marked = Printable.clean(String(line.dropFirst(indent).prefix(length)))
    let after = Printable.clean(String(line.dropFirst(indent + length)))
    // A long line is shown from the word before the mistake on.
    let isCut = TextWidth.of(before) + TextWidth.of(marked) > room
    let shown = isCut ? "…" + Self.end(of: before, room: room / 3) : before
    let caret = max(1, min(TextWidth.of(marked), room - TextWidth.of(shown)))
    var source = Line("  \(number) | ", .faint)
    source.append(Line(shown + marked + after).cut(to: room))
    var pointer = Line("  \(margin) | ", .faint)
    pointer.append(String(repeating: " ", count: TextWidth.of(shown)))
    pointer.append(String(repeating: "^", count: caret), .failure)
    return [source, pointer]
  }

  private static func end(of text: String, room: Int) -> String {
    var width = 0
    return String(
      text.reversed().prefix { character in
        width += TextWidth.of(character)
        return width < room
      }.reversed())
  }
}
