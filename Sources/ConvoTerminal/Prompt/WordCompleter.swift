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
    var values = completion.candidates.filter { $0.hasPrefix(word.text) }
    if completion.paths != nil {
      values += PathCompletion.candidates(for: word.text, onlyDirectories: completion.wantsDirectory)
    }
    values = values.reduce(into: []) { found, value in
      if !found.contains(value) { found.append(value) }
    }
    guard let first = values.first else { return .nothing }
    if values.count == 1 {
      let goesOn = first.hasSuffix("/") || first.hasSuffix("=")
      // An option is no value: it needs no quotes.
      let text = first.hasSuffix("=") ? first : word.spelled(first, isWhole: !goesOn)
      return .replace(count: word.length, with: goesOn ? text : text + " ")
    }
    let common = values.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
    if common.count > word.text.count {
      return .replace(count: word.length, with: word.spelled(common, isWhole: false))
    }
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
