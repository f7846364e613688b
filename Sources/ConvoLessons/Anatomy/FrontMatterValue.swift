/// The part of YAML that front matter is written in: plain and quoted texts, `[a, b]`, lists of `- a` lines, comments.
enum FrontMatterValue {
  /// All values of a field; of a list, its items.
  static func values(of field: Field, _ mistakes: inout MistakeList) -> [(text: String, line: Int)] {
    let line = field.value.line
    var found: [(text: String, line: Int)] = []
    let text = field.value.text
    if text.hasPrefix("[") {
      guard let end = text.lastIndex(of: "]"), isOver(text[text.index(after: end)...]) else {
        mistakes.add("this list has no end", help: "close it with ]", line: line)
        return []
      }
      let items = text[text.index(after: text.startIndex)..<end].split(separator: ",").map(\.trimmed)
      found += items.filter { !$0.isEmpty }.compactMap { scalar(String($0), line: line, &mistakes) }
    } else if !isOver(text[...]) {
      found += [scalar(text, line: line, &mistakes)].compactMap { $0 }
    }
    return found + field.items.compactMap { scalar($0.text, line: $0.line, &mistakes) }
  }

  private static func scalar(_ text: String, line: Int, _ mistakes: inout MistakeList) -> (text: String, line: Int)? {
    guard let quote = text.first, quote == "\"" || quote == "'" else {
      let end = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
      return (String(text[..<end].trimmed), line)
    }
    let rest = text.dropFirst()
    guard let end = rest.firstIndex(of: quote), isOver(rest[rest.index(after: end)...]) else {
      mistakes.add("this quote is never closed, or something stands behind it", line: line)
      return nil
    }
    return (String(rest[..<end]), line)
  }

  /// Whether nothing more comes but a comment.
  private static func isOver(_ text: Substring) -> Bool {
    text.trimmed.isEmpty || text.trimmed.hasPrefix("#")
  }
}
