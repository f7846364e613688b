import ConvoLanguage
import ConvoSchema

/// A command of convo made from a Python call, piece by piece: each piece knows where in the Python it comes from, so
/// that what is wrong with it is shown there.
struct KerasCommand {
  private(set) var text: String
  /// The call.
  let call: Span
  /// What the learner called it: `Conv2D`, in place of `add conv2d`.
  private let title: (command: String, python: String)
  /// Where each piece begins and ends in `text`, in characters.
  private var places: [(range: Range<Int>, span: Span)] = []

  init(_ command: String, for python: String, at call: Span) {
    text = command
    // Messages name a command without what stands behind it.
    title = (String(command.prefix { $0 != "\"" }).trimmedBlanks, python)
    self.call = call
  }

  mutating func append(_ piece: String, at span: Span) {
    text += " "
    let start = text.count
    text += piece
    places.append((start..<text.count, span))
  }

  mutating func append(_ name: String, _ value: PythonValue, kind: ValueKind?, at span: Span) throws(PythonMistake) {
    guard let literal = Self.literal(value, kind: kind) else {
      throw PythonMistake(
        "\(name) can't be a \(value.typeName)", help: kind.map { "it is \($0.inWords)" } ?? "", at: span,
        code: "bad-value")
    }
    append("\(name)=\(literal)", at: span)
  }

  /// A mistake of the command as one of the Python.
  func translated(_ located: LocatedDiagnostic) -> PythonMistake {
    var diagnostic = located.diagnostic
    let column = (located.position?.column ?? 0) - 1
    diagnostic.span = places.first { $0.range.contains(column) }?.span ?? call
    diagnostic.message = diagnostic.message.replacing(title.command, with: title.python)
    // A layer has a page of its own, and how the command is written is of no use here.
    let page = "help " + (title.command.hasPrefix("add ") ? String(title.command.dropFirst(4)) : title.command)
    if diagnostic.help.hasPrefix("usage: ") { diagnostic.help = page }
    diagnostic.help = diagnostic.help.replacing("help add lists", with: "\(page) lists")
    var mistake = PythonMistake("", at: call)
    mistake.diagnostic = diagnostic
    return mistake
  }

  /// A value in convo's notation; `nil` where it has none.
  static func literal(_ value: PythonValue, kind: ValueKind? = nil) -> String? {
    switch value {
    case .none: return "none"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return Value.number(value).description
    case .text(let text): return quoted(text)
    case .list(let items), .tuple(let items):
      let whole = items.compactMap { if case .integer(let side) = $0, side >= 0 { side } else { nil } }
      if kind?.takesSize == true, whole.count == items.count, !whole.isEmpty {
        return whole.map(String.init).joined(separator: "x")
      }
      let literals = items.compactMap { literal($0, kind: nil) }
      return literals.count == items.count ? "[" + literals.joined(separator: ", ") + "]" : nil
    case .generator(let name), .model(let name): return quoted(name)
    case .construct(let construct): return construct.written.map(quoted)
    case .member(let name): return name.word.map(quoted)
    case .dictionary, .array, .pictures, .module, .history, .method, .unknown: return nil
    }
  }

  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n", "\r\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}

extension ValueKind {
  fileprivate var takesSize: Bool {
    switch self {
    case .size: true
    case .optional(let kind): kind.takesSize
    case .either(let kinds): kinds.contains(where: \.takesSize)
    case .integer, .number, .range, .boolean, .place, .text, .newName, .name, .path, .choice, .oneOf, .topic, .list:
      false
    }
  }
}

extension KerasName {
  /// The name by which an option of a command asks for the thing; `nil` where none does.
  var word: String? {
    switch meaning {
    case .layer(let schema), .optimizer(let schema), .loss(let schema), .metric(let schema): schema.name
    case .written: Self.snakeCase(name)
    case .input, .earlyStopping, .reduceLearningRate, .sequential, .imageDataGenerator, .function: nil
    }
  }

  /// `HeNormal` → `he_normal`; `L1L2` → `l1_l2`.
  private static func snakeCase(_ name: String) -> String {
    var result = ""
    var previous: Character?
    for character in name {
      if character.isUppercase, let previous, previous.isLowercase || previous.isNumber { result.append("_") }
      result += character.lowercased()
      previous = character
    }
    return result
  }
}

extension Construct {
  /// The thing in one word with its options in parentheses: `l2(0.01)`; `nil` where it can't be written so.
  var written: String? {
    guard let word = name.word else { return nil }
    return call(named: word, arguments)
  }

  /// A call in convo's notation for options of options.
  func call(named word: String, _ arguments: [ConstructArgument]) -> String? {
    var parts: [String] = []
    for argument in arguments {
      guard let literal = KerasCommand.literal(argument.value) else { return nil }
      let plain = literal.filter { $0 != "\"" }
      parts.append(argument.name.map { "\($0)=\(plain)" } ?? plain)
    }
    return parts.isEmpty ? word : "\(word)(\(parts.joined(separator: " ")))"
  }
}
