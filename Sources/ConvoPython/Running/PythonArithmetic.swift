import ConvoLanguage
import ConvoOutput

/// Operators and formats. Every result is bounded: numbers fit their types, texts and lists stay short.
enum PythonArithmetic {
  private static let longestText = 10_000

  static func unary(_ mark: String, _ value: PythonValue, at span: Span) throws(PythonMistake) -> PythonValue {
    if value.isUnknown { return .unknown }
    if mark == "not" { return .boolean(!value.truth) }
    switch value {
    case .integer(let number):
      let (result, overflows) = 0.subtractingReportingOverflow(number)
      guard !overflows else { throw tooLarge(span) }
      return .integer(result)
    case .number(let number): return .number(-number)
    default: throw unfit("-", value, nil, span)
    }
  }

  static func binary(
    _ mark: String, _ left: PythonValue, _ right: PythonValue, at span: Span
  ) throws(PythonMistake) -> PythonValue {
    if left.isUnknown || right.isUnknown { return .unknown }
    switch mark {
    case "and": return left.truth ? right : left
    case "or": return left.truth ? left : right
    case "in":
      if case .text(let whole) = right, case .text(let part) = left { return .boolean(whole.contains(part)) }
      guard let items = right.items else { throw unfit(mark, left, right, span) }
      return .boolean(items.contains { equal($0, left) })
    case "==": return .boolean(equal(left, right))
    case "!=": return .boolean(!equal(left, right))
    case "<", "<=", ">", ">=": return try compare(mark, left, right, span)
    default: return try compute(mark, left, right, span)
    }
  }

  private static func equal(_ left: PythonValue, _ right: PythonValue) -> Bool {
    if let first = left.double, let second = right.double { return first == second }
    return left.typeName == right.typeName && left.shown == right.shown
  }

  private static func compare(
    _ mark: String, _ left: PythonValue, _ right: PythonValue, _ span: Span
  ) throws(PythonMistake) -> PythonValue {
    guard let first = left.double, let second = right.double else {
      if case .array = left {
        throw PythonMistake(
          "several numbers can't be compared at once", help: "take one of them: name[0]", at: span, code: "bad-value")
      }
      throw unfit(mark, left, right, span)
    }
    return switch mark {
    case "<": .boolean(first < second)
    case "<=": .boolean(first <= second)
    case ">": .boolean(first > second)
    default: .boolean(first >= second)
    }
  }

  private static func compute(
    _ mark: String, _ left: PythonValue, _ right: PythonValue, _ span: Span
  ) throws(PythonMistake) -> PythonValue {
    switch (left, right) {
    case (.integer(let first), .integer(let second)) where mark != "/":
      return .integer(try whole(mark, first, second, span))
    case (.text(let first), .text(let second)) where mark == "+":
      guard first.utf8.count + second.utf8.count <= longestText else { throw tooLarge(span) }
      return .text(first + second)
    case (.text(let text), .integer(let count)) where mark == "*":
      guard text.utf8.count.multipliedReportingOverflow(by: max(0, count)).partialValue <= longestText,
        !text.utf8.count.multipliedReportingOverflow(by: max(0, count)).overflow, count <= longestText
      else { throw tooLarge(span) }
      return .text(String(repeating: text, count: max(0, count)))
    case (.list(let first), .list(let second)) where mark == "+":
      guard first.count + second.count <= PythonInterpreter.longestList else { throw tooLarge(span) }
      return .list(first + second)
    case (.pictures(var pictures), _) where mark == "/" || mark == "*":
      guard let factor = right.double, factor != 0, factor.isFinite else { throw unfit(mark, left, right, span) }
      pictures.scale = mark == "/" ? pictures.scale / factor : pictures.scale * factor
      return .pictures(pictures)
    case (.array(var array), _) where array.values.count != 1 && ["+", "-", "*", "/"].contains(mark):
      guard let factor = right.double else { throw unfit(mark, left, right, span) }
      array.values = try array.values.map { value throws(PythonMistake) in try real(mark, value, factor, span) }
      return .array(array)
    default:
      guard let first = left.double, let second = right.double else { throw unfit(mark, left, right, span) }
      return .number(try real(mark, first, second, span))
    }
  }

  private static func whole(_ mark: String, _ a: Int, _ b: Int, _ span: Span) throws(PythonMistake) -> Int {
    let result: (partialValue: Int, overflow: Bool)
    switch mark {
    case "+": result = a.addingReportingOverflow(b)
    case "-": result = a.subtractingReportingOverflow(b)
    case "*": result = a.multipliedReportingOverflow(by: b)
    case "//", "%":
      guard b != 0 else { throw PythonMistake("this divides by zero", at: span, code: "bad-value") }
      guard !(a == .min && b == -1) else { throw tooLarge(span) }
      // Python rounds down, also below zero.
      let remainder = a % b
      let isOff = remainder != 0 && (remainder < 0) != (b < 0)
      result = (mark == "%" ? remainder + (isOff ? b : 0) : a / b - (isOff ? 1 : 0), false)
    case "**":
      guard b >= 0 else {
        throw PythonMistake("a whole number to a negative power is no whole number", help: "write \(a).0", at: span)
      }
      var power = (partialValue: 1, overflow: false)
      if a == 0 || a == 1 || a == -1 {
        power.partialValue = b == 0 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : a
      } else {
        var count = 0
        while count < b, !power.overflow {
          power = power.partialValue.multipliedReportingOverflow(by: a)
          count += 1
        }
      }
      result = power
    default: throw PythonMistake("'\(mark)' is outside what convo runs", at: span, code: "python-subset")
    }
    guard !result.overflow else { throw tooLarge(span) }
    return result.partialValue
  }

  private static func real(_ mark: String, _ a: Double, _ b: Double, _ span: Span) throws(PythonMistake) -> Double {
    if ["/", "//", "%"].contains(mark), b == 0 {
      throw PythonMistake("this divides by zero", at: span, code: "bad-value")
    }
    let result: Double
    switch mark {
    case "+": result = a + b
    case "-": result = a - b
    case "*": result = a * b
    case "/": result = a / b
    case "//": result = (a / b).rounded(.down)
    case "%": result = a - b * (a / b).rounded(.down)
    case "**":
      guard b == b.rounded(), b.magnitude <= 1000 else {
        throw PythonMistake("only whole powers up to 1000 are computed", at: span, code: "python-subset")
      }
      var power = 1.0
      for _ in 0..<Int(b.magnitude) { power *= a }
      result = b < 0 ? 1 / power : power
    default: throw PythonMistake("'\(mark)' is outside what convo runs", at: span, code: "python-subset")
    }
    guard result.isFinite || !a.isFinite || !b.isFinite else { throw tooLarge(span) }
    return result
  }

  private static func tooLarge(_ span: Span) -> PythonMistake {
    PythonMistake("the result is too large", help: "convo's whole numbers have 64 bits", at: span, code: "bad-value")
  }

  private static func unfit(_ mark: String, _ left: PythonValue, _ right: PythonValue?, _ span: Span) -> PythonMistake {
    PythonMistake(
      "'\(mark)' does not go with a \(left.typeName)" + (right.map { " and a \($0.typeName)" } ?? ""), at: span,
      code: "bad-value")
  }

  // MARK: Items

  static func item(of value: PythonValue, _ index: PythonValue, at span: Span) throws(PythonMistake) -> PythonValue {
    if value.isUnknown, case .unknown = value { return .unknown }
    if index.isUnknown { return .unknown }
    if case .dictionary(let items) = value {
      if let found = items.first(where: { equal($0.key, index) }) { return found.value }
      let keys = items.map { $0.key.printed }
      throw PythonMistake(
        "there is no \(index.shown) here",
        help: Spelling.nearest(to: index.printed, in: keys).map { "did you mean '\($0)'?" }
          ?? "there are: " + keys.prefix(10).joined(separator: ", "), at: span, code: "unknown-name")
    }
    if case .tuple(let indices) = index {
      var value = value
      for index in indices { value = try item(of: value, index, at: span) }
      return value
    }
    guard case .integer(let number) = index else {
      throw PythonMistake("an item is asked for by its number, from 0", at: span, code: "bad-value")
    }
    if case .pictures(var pictures) = value {
      guard pictures.isBatch, pictures.images.indices.contains(number) else { throw outside(number, span) }
      pictures.images = [pictures.images[number]]
      pictures.isBatch = false
      return .pictures(pictures)
    }
    guard let items = value.items else {
      throw PythonMistake("a \(value.typeName) has no items", at: span, code: "bad-value")
    }
    let (fromEnd, overflows) = items.count.addingReportingOverflow(number)
    let place = number < 0 ? fromEnd : number
    guard !overflows || number >= 0, items.indices.contains(place) else { throw outside(number, span) }
    return items[place]
  }

  private static func outside(_ number: Int, _ span: Span) -> PythonMistake {
    PythonMistake("there is no item \(number)", help: "items are counted from 0", at: span, code: "bad-value")
  }

  // MARK: Formats

  static func formatted(_ value: PythonValue, _ format: String, at span: Span) throws(PythonMistake) -> String {
    guard !format.isEmpty else { return value.printed }
    if value.isUnknown { return "…" }
    guard format.hasPrefix("."), let sign = format.last, "f%".contains(sign),
      let decimals = Int(format.dropFirst().dropLast()), (0...20).contains(decimals), let number = value.double
    else {
      throw PythonMistake(
        "the format '\(format)' is outside what convo runs", help: "{x:.2f} and {x:.1%} are formats", at: span,
        code: "python-subset")
    }
    return sign == "%" ? NumberText.fixed(number * 100, decimals) + "%" : NumberText.fixed(number, decimals)
  }
}
