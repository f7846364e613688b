import ConvoLanguage

/// `key: value`, with `- item` lines under it, as front matter, questions and exercises have them.
struct Field {
  /// Lines that belong together: the first, and those indented under it.
  struct Entry {
    /// Without the blanks around them.
    var lines: [Substring]
    /// Of the first line, from 1.
    var line: Int

    /// The lines as one.
    var text: String { lines.filter { !$0.isEmpty }.joined(separator: " ") }
  }

  var key: String
  var value: Entry
  var items: [Entry]

  /// Reads the fields of a block. A line that is none of a field is a mistake.
  ///
  /// - Parameter comments: whether `#` begins a comment, as in YAML.
  static func read(
    _ lines: some Sequence<Substring>, firstLine: Int, comments: Bool = false, _ mistakes: inout MistakeList
  ) -> [Field] {
    var fields: [Field] = []
    for (offset, raw) in lines.enumerated() {
      let number = firstLine + offset
      let text = raw.trimmed
      if text.isEmpty || comments && text.hasPrefix("#") { continue }
      let isIndented = raw.first?.isWhitespace == true
      let last = fields.count - 1
      if text == "-" || text.hasPrefix("- ") {
        guard last >= 0 else {
          mistakes.add("this item belongs to no key", help: "write 'key:' in a line above it", line: number)
          continue
        }
        fields[last].items.append(Entry(lines: [text.dropFirst().trimmed], line: number))
      } else if isIndented {
        guard last >= 0 else {
          mistakes.add("this line continues nothing", help: "begin it with 'key:', not indented", line: number)
          continue
        }
        if fields[last].items.isEmpty {
          fields[last].value.lines.append(text)
        } else {
          fields[last].items[fields[last].items.count - 1].lines.append(text)
        }
      } else if let key = key(of: text) {
        fields.append(
          Field(key: String(key), value: Entry(lines: [text.dropFirst(key.count + 1).trimmed], line: number), items: [])
        )
      } else {
        mistakes.add(
          "this line has no key", help: "write 'key: value'; a line that continues the one above is indented",
          line: number)
      }
    }
    return fields
  }

  /// The word in front of the colon; `nil` where there is none.
  private static func key(of line: Substring) -> Substring? {
    let key = line.prefix { $0.isLetter || $0 == "_" }
    let rest = line.dropFirst(key.count)
    guard !key.isEmpty, rest.first == ":", rest.dropFirst().first?.isWhitespace != false else { return nil }
    return key
  }
}

extension StringProtocol {
  /// Without the blanks at both ends.
  var trimmed: SubSequence {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
