import ConvoLanguage

/// The fields of one block, taken one key after another; what is unknown, missing or written twice is a mistake.
struct FieldBlock {
  /// "a question", "the front matter".
  let name: String
  /// Where to point when something is missing.
  let line: Int
  private let fields: [Field]

  /// - Parameters:
  ///   - keys: those that there are.
  ///   - repeatable: those that may be written more than once.
  init(
    _ name: String, line: Int, fields: [Field], keys: [String], repeatable: Set<String> = [],
    _ mistakes: inout MistakeList
  ) {
    self.name = name
    self.line = line
    var kept: [Field] = []
    for field in fields {
      if !keys.contains(field.key) {
        let near = Spelling.nearest(to: field.key, in: keys)
        mistakes.add(
          "\(name) has no '\(field.key)'",
          help: near.map { "did you mean '\($0)'?" } ?? "it has: " + keys.joined(separator: ", "),
          line: field.value.line, at: field.key)
      } else if kept.contains(where: { $0.key == field.key }), !repeatable.contains(field.key) {
        mistakes.add(
          "'\(field.key)' is written twice", help: "leave one of them out", line: field.value.line, at: field.key)
      } else {
        kept.append(field)
      }
    }
    self.fields = kept
  }

  /// The fields of a key, in order.
  func all(_ key: String) -> [Field] {
    fields.filter { $0.key == key }
  }

  func first(_ key: String) -> Field? {
    fields.first { $0.key == key }
  }

  /// The texts of a key, each of them not empty.
  ///
  /// - Parameter isRequired: whether there has to be one.
  func texts(_ key: String, isRequired: Bool = false, _ mistakes: inout MistakeList) -> [Field.Entry] {
    let found = all(key)
    if found.isEmpty, isRequired {
      mistakes.add("\(name) needs '\(key)'", help: "add a line: \(key): …", line: line)
    }
    for field in found where field.value.text.isEmpty {
      mistakes.add("'\(key)' is empty", help: "write its text behind the colon", line: field.value.line)
    }
    for item in found.flatMap(\.items) where key != "question" {
      mistakes.add("'\(key)' has no list", help: "leave the items out", line: item.line)
    }
    return found.map(\.value).filter { !$0.text.isEmpty }
  }

  /// The expressions of a key; of one that joins several by `and`, each by itself, so that one can say which is false.
  func statements(_ key: String, _ mistakes: inout MistakeList) -> [Statement] {
    texts(key, isRequired: true, &mistakes).flatMap { entry -> [Statement] in
      guard let whole = mistakes.statement(entry.text, line: entry.line) else { return [] }
      let parts = whole.joinedParts.map { mistakes.statement($0, line: entry.line) }
      return parts.contains { $0 == nil } ? [whole] : parts.compactMap { $0 }
    }
  }
}

extension MistakeList {
  /// The expression; `nil` where it is none, which is then noted.
  mutating func statement(_ text: String, line: Int, column: Int? = nil) -> Statement? {
    let whole = source.line(line)
    let found = whole.firstRange(of: text).map { whole.distance(from: whole.startIndex, to: $0.lowerBound) + 1 }
    let place = SourceText(text, file: source.file, firstLine: line, firstColumn: column ?? found ?? 1)
    do {
      return try Statement(place)
    } catch {
      add(
        LocatedDiagnostic(
          Diagnostic(
            code: "lesson", message: "this is no expression: \(error.message)", help: error.help,
            span: error.span ?? Span(0, text.utf8.count)), in: place))
      return nil
    }
  }
}
