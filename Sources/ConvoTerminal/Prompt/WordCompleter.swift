import ConvoKernel

/// Decides what Tab does: the session knows the language's words, the file system the paths.
struct WordCompleter {
  /// Asks the session for what fits at the end of a line.
  let words: (String) -> Completion?

  /// - Parameters:
  ///   - line: up to the cursor.
  ///   - earlier: the lines before it that belong to the same command.
  func edit(_ line: String, after earlier: String = "") -> LineEditor.Edit {
    let word = TypedWord(endOf: line)
    let question = Self.withoutBlanksInQuotes(earlier + word.before) + Self.withoutBlanks(word.text)
    guard let completion = words(question) else { return .nothing }
    var values: [String] = []
    for value in completion.candidates where value.hasPrefix(word.text) && !values.contains(value) {
      values.append(value)
    }
    // The language's own words are no values: those of two parts stand without quotes.
    var spell: (String, Bool) -> String = { text, _ in text }
    if completion.paths != nil || word.quote != nil { spell = word.spelled }
    if completion.paths != nil {
      values += PathCompletion.candidates(for: word.text, onlyDirectories: completion.wantsDirectory)
    }
    guard let first = values.first else { return .nothing }
    if values.count == 1 {
      if first.hasSuffix("=") { return .replace(count: word.length, with: first) }
      let goesOn = first.hasSuffix("/")
      return .replace(count: word.length, with: spell(first, !goesOn) + (goesOn ? "" : " "))
    }
    let common = values.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
    if common.count > word.text.count { return .replace(count: word.length, with: spell(common, false)) }
    return .list(values.map(Self.shortened))
  }

  /// A path's last part: the learner sees the rest in the line.
  private static func shortened(_ value: String) -> String {
    let isDirectory = value.hasSuffix("/")
    let parts = value.split(separator: "/")
    guard value.contains("/"), let last = parts.last else { return value }
    return isDirectory ? last + "/" : String(last)
  }

  private static func withoutBlanks(_ text: String) -> String {
    String(text.map { $0.isWhitespace ? "_" : $0 })
  }

  /// The session cuts the line at blanks and knows nothing of quotes; a line that goes on in the next is one to it.
  private static func withoutBlanksInQuotes(_ text: String) -> String {
    var quote: Character?
    return String(
      text.map { character -> Character in
        if quote == nil, character == "\"" || character == "'" {
          quote = character
        } else if character == quote {
          quote = nil
        } else if character == "\n" || quote == nil && character == "\\" {
          return quote == nil ? " " : "_"
        } else if quote != nil && character.isWhitespace {
          return "_"
        }
        return character
      })
  }
}
