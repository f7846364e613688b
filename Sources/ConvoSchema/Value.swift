/// One value as a learner can type it, with its notation resolved (`1/255` is a number, `300x300` and `(300, 300)` are
/// the same size).
public enum Value: Sendable, Hashable {
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case none
  /// A bare word or a quoted string.
  case text(String)
  /// Two or more whole numbers: `300x300x3`, or `(300, 300, 3)` as in Python.
  case size([Int])
  case list([Value])
}

extension Value: CustomStringConvertible {
  /// The value in convo's notation; parsing it gives the value back.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): Value.shortest(value)
    case .boolean(let value): value ? "true" : "false"
    case .none: "none"
    case .text(let value): Value.quotedIfNeeded(value)
    case .size(let sides): sides.map(String.init).joined(separator: "x")
    case .list(let values): "[" + values.map(\.description).joined(separator: " ") + "]"
    }
  }

  /// A number without a needless fraction: `3` rather than `3.0`, `0.001` and `1e-07` as Swift prints them.
  private static func shortest(_ number: Double) -> String {
    let text = String(number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let reserved = ["true", "false", "none"]
    let isPlainWord =
      text.first.map { $0.isLetter || "_/.~".contains($0) } ?? false
      && text.allSatisfy { $0.isLetter || $0.isNumber || "_-./~+".contains($0) }
    if isPlainWord && !reserved.contains(text) { return text }
    var quoted = "\""
    for character in text {
      switch character {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
