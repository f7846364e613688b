import ConvoLanguage

/// The word that the cursor stands behind, as the language's quotes cut the line into words.
struct TypedWord: Hashable {
  /// The characters before the word's value: what stands before the word, and `name=` where an option is being given.
  var before: String
  /// The word's value without its quotes and escapes.
  var text: String
  /// The quote that is open at the cursor.
  var quote: Character?
  /// How many characters of the line make up the value, quotes and escapes included.
  var length: Int

  init(endOf line: String) {
    var start = line.startIndex
    var text = ""
    var quote: Character?
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      let next = line.index(after: index)
      if let open = quote {
        if character == open {
          quote = nil
        } else if character == "\\", next < line.endIndex, "\\\"'".contains(line[next]) {
          text.append(line[next])
          index = line.index(after: next)
          continue
        } else {
          text.append(character)
        }
      } else if character == "\"" || character == "'" {
        if text.isEmpty { start = index }
        quote = character
      } else if character.isWhitespace || "=;,[]()".contains(character) {
        start = next
        text = ""
      } else {
        text.append(character)
      }
      index = next
    }
    before = String(line[..<start])
    self.text = text
    self.quote = quote
    length = line.distance(from: start, to: line.endIndex)
  }

  /// A value as it is to be typed: in quotes where it needs them or has them already, which stay open as long as more
  /// may follow.
  func spelled(_ value: String, isWhole: Bool) -> String {
    guard quote != nil || !Self.isPlain(value) else { return value }
    let mark = quote ?? "\""
    var spelled = String(mark)
    for character in value {
      if character == mark || character == "\\" { spelled.append("\\") }
      spelled.append(character)
    }
    return isWhole ? spelled + String(mark) : spelled
  }

  /// Whether the language reads the value, as it stands, as a word.
  private static func isPlain(_ value: String) -> Bool {
    let program = Parser.parse(SourceText("word " + value))
    guard program.diagnostics.isEmpty, !program.isIncomplete, let command = program.commands.first,
      program.commands.count == 1, command.arguments.count == 1, command.arguments[0].name == nil
    else { return false }
    return command.arguments[0].value.content == .word(value)
  }
}
