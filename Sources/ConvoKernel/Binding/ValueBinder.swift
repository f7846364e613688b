import ConvoLanguage
import ConvoSchema

/// Turns what was written into the value that a parameter accepts.
struct ValueBinder {
  let source: SourceText

  /// The value; throws the problem, worded for the parameter, where the literal does not fit the kind.
  func value(
    of literal: Located<Literal>, as kind: ValueKind, for parameter: String
  ) throws(Diagnostic) -> Value {
    if let value = try fitting(literal, kind, parameter) { return value }
    throw mismatch(literal, kind, parameter)
  }

  /// `nil` where the literal is of another kind altogether.
  private func fitting(
    _ literal: Located<Literal>, _ kind: ValueKind, _ parameter: String
  ) throws(Diagnostic) -> Value? {
    switch kind {
    case .integer(let range):
      guard case .integer(let value) = literal.content, range.contains(value) else { return nil }
      return .integer(value)
    case .number(let bounds):
      guard let number = number(literal.content), bounds.contains(number) else { return nil }
      return .number(number)
    case .range(let bounds):
      guard let items = list(literal.content) else { return nil }
      let numbers = items.compactMap(number).filter(bounds.contains)
      guard items.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else { return nil }
      return .list(numbers.map(Value.number))
    case .boolean:
      guard case .boolean(let value) = literal.content else { return nil }
      return .boolean(value)
    case .size(let sides):
      return size(literal.content, sides: sides)
    case .place:
      return place(literal.content)
    case .text, .name, .path, .topic:
      return text(literal).map(Value.text)
    case .newName:
      guard let text = text(literal), Self.isName(text) else { return nil }
      return .text(text)
    case .choice(let words):
      guard let text = text(literal), words.contains(text) else { return nil }
      return .text(text)
    case .oneOf(let schemas):
      guard let text = text(literal), let schema = schemas.first(where: { $0.answers(to: text) }) else { return nil }
      return .text(schema.name)
    case .list(let kind):
      guard case .list(let items) = literal.content else {
        if let call = call(literal, kind) { return .list([call]) }
        return try fitting(literal, kind, parameter).map { .list([$0]) }
      }
      var values: [Value] = []
      for item in items {
        if let call = call(item, kind) {
          values.append(call)
        } else {
          values.append(try value(of: item, as: kind, for: parameter))
        }
      }
      return .list(values)
    case .either(let kinds):
      for kind in kinds {
        if let value = try fitting(literal, kind, parameter) { return value }
      }
      return nil
    case .optional(let kind):
      if case .none = literal.content { return Value.none }
      return try fitting(literal, kind, parameter)
    }
  }

  /// One of several things, with its options in parentheses: those of things in a list have no place in the line.
  private func call(_ literal: Located<Literal>, _ kind: ValueKind) -> Value? {
    guard case .oneOf(let schemas) = kind, let text = text(literal), let options = text.firstIndex(of: "("),
      let schema = schemas.first(where: { $0.answers(to: String(text[..<options])) })
    else { return nil }
    return .text(schema.name + text[options...])
  }

  /// The items of a list; (10, 20) is a size to the parser, which does not know what is wanted.
  private func list(_ literal: Literal) -> [Literal]? {
    switch literal {
    case .list(let items): items.map(\.content)
    case .size(let sides): sides.map(Literal.integer)
    case .integer, .number, .word, .string, .boolean, .none: nil
    }
  }

  private func number(_ literal: Literal) -> Double? {
    switch literal {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .size, .word, .string, .boolean, .none, .list: nil
    }
  }

  /// The characters as they were typed: a file may be called `12` or `3x3` without quotes.
  private func text(_ literal: Located<Literal>) -> String? {
    switch literal.content {
    case .word(let text), .string(let text): text
    case .integer, .number, .size, .boolean, .none: source.slice(literal.span).text
    case .list: nil
    }
  }

  /// One number stands for a square, as in Keras's `kernel_size=3`, or for the only side.
  private func size(_ literal: Literal, sides: ClosedRange<Int>) -> Value? {
    var given: [Int]
    switch literal {
    case .integer(let side): given = [side]
    case .size(let size): given = size
    case .number, .word, .string, .boolean, .none, .list: return nil
    }
    if given.count == 1 { given = Array(repeating: given[0], count: sides.lowerBound) }
    guard sides.contains(given.count), given.allSatisfy({ $0 >= 1 }) else { return nil }
    return .size(given)
  }

  /// `100,120`, `100x120` or `(100, 120)`.
  private func place(_ literal: Literal) -> Value? {
    let sides: [Int]
    switch literal {
    case .size(let size): sides = size
    case .list(let items):
      sides = items.compactMap { item in
        if case .integer(let side) = item.content { side } else { nil }
      }
      guard sides.count == items.count else { return nil }
    case .integer, .number, .word, .string, .boolean, .none: return nil
    }
    return sides.count == 2 && sides.allSatisfy { $0 >= 0 } ? .size(sides) : nil
  }

  private static func isName(_ text: String) -> Bool {
    (text.first?.isLetter ?? false) && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  private func mismatch(_ literal: Located<Literal>, _ kind: ValueKind, _ parameter: String) -> Diagnostic {
    let written = source.slice(literal.span).text
    let near = text(literal).flatMap { Spelling.nearest(to: $0, in: Self.words(of: kind)) }
    return Diagnostic(
      code: "bad-value", message: "\(parameter) must be \(kind.inWords), not \(written)",
      help: near.map { "did you mean '\(Self.canonical($0, of: kind))'?" } ?? "", span: literal.span)
  }

  /// The lower-case name of what an alias stands for.
  private static func canonical(_ word: String, of kind: ValueKind) -> String {
    guard case .oneOf(let schemas) = kind else { return word }
    return schemas.first { $0.answers(to: word) }?.name ?? word
  }

  /// The words that a kind accepts, for suggestions.
  private static func words(of kind: ValueKind) -> [String] {
    switch kind {
    case .choice(let words): words
    case .oneOf(let schemas): schemas.flatMap { [$0.name] + $0.aliases }
    case .boolean: ["true", "false"]
    case .list(let kind): self.words(of: kind)
    case .either(let kinds): kinds.flatMap { self.words(of: $0) }
    case .optional(let kind): ["none"] + self.words(of: kind)
    case .integer, .number, .range, .size, .place, .text, .newName, .name, .path, .topic: []
    }
  }
}
