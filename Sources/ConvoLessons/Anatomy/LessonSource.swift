import ConvoLanguage

/// A lesson's text, brought into the form that is parsed: `\n` ends the lines, no byte order mark stands in front, and
/// the front matter is apart.
struct LessonSource {
  let file: String?
  /// All lines as they are written.
  let lines: [Substring]
  /// The numbers of the front matter's lines, without the marks around them; `nil` where there is none.
  let frontMatter: Range<Int>?

  init(_ text: String, file: String? = nil) {
    // Character by character, "\r\n" is one.
    let text = String(text.map { $0.isLineEnd ? "\n" : $0 })
    let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    frontMatter = Self.endOfFrontMatter(lines).map { 2..<$0 + 1 }
    self.file = file
  }

  var text: String { lines.joined(separator: "\n") }

  /// The lines of the front matter are empty, so that all others keep their numbers.
  var markdown: String {
    let end = frontMatter?.upperBound ?? 0
    return lines.indices.map { $0 < end ? "" : lines[$0] }.joined(separator: "\n")
  }

  /// Whether a line closes a fence: nothing but three or more of the fence's characters, at most behind the marks of
  /// the quotes that it stands in.
  ///
  /// - Parameter number: from 1; a number beyond the text is fine, and no fence.
  func isFence(line number: Int) -> Bool {
    let mark = line(number).drop { $0.isWhitespace || $0 == ">" }.reversed().drop { $0.isWhitespace }
    return mark.count >= 3 && (mark.allSatisfy { $0 == "`" } || mark.allSatisfy { $0 == "~" })
  }

  /// A line by its number from 1; empty beyond the text.
  func line(_ number: Int) -> Substring {
    lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }

  /// Where a text that stands in one line is found, at a line or behind it.
  func place(of text: some StringProtocol, from number: Int) -> (line: Int, column: Int)? {
    guard !text.isEmpty else { return nil }
    for index in lines.indices.dropFirst(max(0, number - 1)) {
      if let found = lines[index].firstRange(of: text) {
        return (index + 1, lines[index].distance(from: lines[index].startIndex, to: found.lowerBound) + 1)
      }
    }
    return nil
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
