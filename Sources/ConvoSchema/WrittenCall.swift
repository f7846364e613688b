/// A thing with options of its own, written in one word as in Python: `max_norm(2, axis=0)`, or just `max_norm`.
///
/// It is for where there is no line of parameters to be had: an option of an option, or one of several in a list.
public struct WrittenCall: Sendable, Hashable {
  public let name: String
  /// As they were written; those without a label go by their place.
  public let arguments: [Argument]

  public struct Argument: Sendable, Hashable {
    public var label: String?
    public var value: Value
  }

  /// `nil` where the text is no name with, or without, arguments in parentheses behind it.
  public init?(_ text: String) {
    name = String(text.prefix { $0 != "(" })
    guard !name.isEmpty else { return nil }
    var scanner = Scanner(rest: text.dropFirst(name.count))
    var arguments: [Argument] = []
    if scanner.take("(") {
      while !scanner.take(")") {
        guard let argument = scanner.argument() else { return nil }
        arguments.append(argument)
      }
    }
    guard scanner.rest.isEmpty else { return nil }
    self.arguments = arguments
  }
}

/// Reads values from the front of a text. Commas part values as spaces do.
private struct Scanner {
  var rest: Substring

  private mutating func skipGaps() {
    rest = rest.drop { $0 == " " || $0 == "," }
  }

  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    skipGaps()
    return true
  }

  mutating func argument() -> WrittenCall.Argument? {
    guard let value = value() else { return nil }
    guard case .text(let label) = value, take("=") else { return .init(label: nil, value: value) }
    return self.value().map { .init(label: label, value: $0) }
  }

  private mutating func value() -> Value? {
    for (open, close) in [("[", "]"), ("(", ")")] as [(Character, Character)] where take(open) {
      // Lists of lists are nothing that an option takes.
      var items: [Value] = []
      while !take(close) {
        guard let item = word() else { return nil }
        items.append(item)
      }
      return .list(items)
    }
    return word()
  }

  private mutating func word() -> Value? {
    let word = rest.prefix { !" ,=()[]".contains($0) }
    guard !word.isEmpty else { return nil }
    rest = rest.dropFirst(word.count)
    skipGaps()
    return Self.meaning(of: word.filter { $0 != "'" && $0 != "\"" })
  }

  private static func meaning(of word: String) -> Value {
    switch word {
    case "true", "True": return .boolean(true)
    case "false", "False": return .boolean(false)
    case "none", "None": return .none
    case let word:
      if let number = Int(word) { return .integer(number) }
      if let number = Double(word), number.isFinite { return .number(number) }
      return .text(word)
    }
  }
}

extension Schema {
  /// The arguments of a call of the thing, checked and with the defaults filled in.
  ///
  /// - Parameter parameter: The parameter whose value the call is; errors name it.
  public func arguments(of call: WrittenCall, for parameter: String) throws(ArgumentError) -> Arguments {
    var values: [String: Value] = [:]
    for (place, argument) in call.arguments.enumerated() {
      let known = argument.label.map(self.parameter) ?? (parameters.indices.contains(place) ? parameters[place] : nil)
      guard let known, values[known.name] == nil else {
        let extra = argument.label ?? argument.value.description
        throw ArgumentError(
          parameter: parameter, problem: "\(parameter): \(name) does not take \(extra)",
          help: parameters.isEmpty
            ? "\(name) has no options" : "its options are, each once: \(parameters.map(\.name).joined(separator: ", "))"
        )
      }
      guard let value = known.kind.fitting(argument.value) else {
        throw ArgumentError(
          parameter: parameter,
          problem: "\(parameter): \(known.name) of \(name) must be \(known.kind.inWords), not \(argument.value)",
          help: known.help)
      }
      values[known.name] = value
    }
    return Arguments(defaultsOf: self, values)
  }
}

extension ValueKind {
  /// The value as this kind has it; `nil` where it is of another kind.
  fileprivate func fitting(_ value: Value) -> Value? {
    switch (self, value) {
    case (.integer(let range), .integer(let number)): range.contains(number) ? value : nil
    case (.number(let bounds), .integer(let number)): bounds.contains(Double(number)) ? .number(Double(number)) : nil
    case (.number(let bounds), .number(let number)): bounds.contains(number) ? value : nil
    case (.boolean, .boolean), (.text, .text): value
    case (.choice(let words), .text(let word)): words.contains(word) ? value : nil
    case (.optional, .none): value
    case (.optional(let kind), _): kind.fitting(value)
    case (.either(let kinds), _): kinds.lazy.compactMap { $0.fitting(value) }.first
    case (.list(let kind), .list(let items)): Self.all(items.map(kind.fitting))
    case (.list(let kind), _): kind.fitting(value).map { .list([$0]) }
    case (
      .integer, _
    ), (.number, _), (.range, _), (.boolean, _), (.text, _), (.choice, _), (.size, _), (.place, _), (.newName, _),
      (.name, _),
      (.path, _), (.oneOf, _), (.topic, _):
      nil
    }
  }

  private static func all(_ values: [Value?]) -> Value? {
    let found = values.compactMap { $0 }
    return found.count == values.count ? .list(found) : nil
  }
}
