public import ConvoSchema

/// Values as Python writes them; Python reads the same value back.
public enum PythonLiteral {
  /// A value that a learner typed.
  public static func text(_ value: Value) -> String {
    switch value {
    case .integer(let number): String(number)
    case .number(let number): text(number)
    case .boolean(let truth): truth ? "True" : "False"
    case .none: "None"
    case .text(let string): text(string)
    case .size(let sides): tuple(sides)
    case .list(let items): list(items.map(text))
    }
  }

  /// A number, with a point or an exponent so that it is no whole number in Python either. `1 / 255` where that is what
  /// it is, and its digits would be many.
  public static func text(_ number: Double) -> String {
    let text = String(number)
    guard number.isFinite else { return "float(\"\(text)\")" }
    let reciprocal = (1 / number).rounded()
    if text.count > 8, (2...100_000).contains(reciprocal), 1 / reciprocal == number {
      return "1 / \(Int(reciprocal))"
    }
    return text
  }

  /// `(3, 3)`; of one number `(3,)`.
  public static func tuple(_ numbers: [Int]) -> String {
    let items = numbers.map(String.init).joined(separator: ", ")
    return numbers.count == 1 ? "(\(items),)" : "(\(items))"
  }

  /// A list of what is already Python.
  public static func list(_ items: [String]) -> String {
    "[" + items.joined(separator: ", ") + "]"
  }

  /// A string in double quotes, in one line.
  public static func text(_ string: String) -> String {
    var literal = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      // Orders to a terminal, and what some readers take for the end of a line.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
