/// A lesson's text, brought into the form that is parsed: `\n` ends the lines, no byte order mark stands in front, and
/// the lines of the front matter are empty, so that all others keep their numbers.
struct LessonSource {
  let lines: [Substring]

  init(_ text: String) {
    // Character by character, "\r\n" is one.
    let text = String(text.map { $0.isLineEnd ? "\n" : $0 })
    let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    var lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    if let end = Self.endOfFrontMatter(lines) {
      for index in 0...end { lines[index] = "" }
    }
    self.lines = lines
  }

  var markdown: String { lines.joined(separator: "\n") }

  /// Whether a line closes a fence: nothing but three or more of the fence's characters, at most behind the marks of
  /// the quotes that it stands in.
  ///
  /// - Parameter number: from 1; a number beyond the text is fine, and no fence.
  func isFence(line number: Int) -> Bool {
    guard lines.indices.contains(number - 1) else { return false }
    let mark = lines[number - 1].drop { $0.isWhitespace || $0 == ">" }.reversed().drop { $0.isWhitespace }
    return mark.count >= 3 && (mark.allSatisfy { $0 == "`" } || mark.allSatisfy { $0 == "~" })
  }

  /// The index of the line that ends the front matter; `nil` where the text does not begin with any.
  private static func endOfFrontMatter(_ lines: [Substring]) -> Int? {
    guard let first = lines.first, isMark(first, "---") else { return nil }
    return lines.indices.dropFirst().first { isMark(lines[$0], "---") || isMark(lines[$0], "...") }
  }

  private static func isMark(_ line: Substring, _ mark: String) -> Bool {
    line.hasPrefix(mark) && line.dropFirst(mark.count).allSatisfy(\.isWhitespace)
  }
}

extension Character {
  /// As CommonMark has it; other separators of Unicode do not count as lines.
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
