/// Reads what one atom means: a number, a ratio, a size, a word.
enum Atom {
  /// The literal, or what is wrong with a number that looks like one.
  static func literal(_ text: String) -> Result<Literal, AtomProblem> {
    switch text {
    case "true": return .success(.boolean(true))
    case "false": return .success(.boolean(false))
    case "none": return .success(.none)
    default: break
    }
    if let number = number(text) { return number }
    if let ratio = ratio(text) { return ratio }
    if let size = size(text) { return size }
    return .success(.word(text))
  }

  /// `12`, `-0.5`, `1.`, `1e-3`; `nil` where the text is no number at all.
  private static func number(_ text: String) -> Result<Literal, AtomProblem>? {
    guard isNumber(text) else { return nil }
    if let integer = Int(text) { return .success(.integer(integer)) }
    // Swift reads neither "1." nor ".5" everywhere alike; Python writes both.
    var spelled = text.replacing(".e", with: ".0e").replacing(".E", with: ".0E")
    if spelled.hasSuffix(".") { spelled += "0" }
    if spelled.hasPrefix(".") { spelled = "0" + spelled }
    if spelled.hasPrefix("-.") { spelled = "-0" + spelled.dropFirst() }
    guard let value = Double(spelled), value.isFinite else {
      return .failure(AtomProblem("the number \(text) is too large"))
    }
    return .success(.number(value))
  }

  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = takeDigits(&rest)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard whole + fraction > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View) -> Int {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    rest = rest.dropFirst(digits.count)
    return digits.count
  }

  /// `1/255`, `1./255`.
  private static func ratio(_ text: String) -> Result<Literal, AtomProblem>? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let above = value(String(parts[0])), let below = value(String(parts[1])) else {
      return nil
    }
    guard below != 0 else { return .failure(AtomProblem("\(text) divides by zero")) }
    let quotient = above / below
    return quotient.isFinite ? .success(.number(quotient)) : .failure(AtomProblem("the number \(text) is too large"))
  }

  private static func value(_ text: String) -> Double? {
    guard case .success(let literal) = number(text) else { return nil }
    switch literal {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    case .size, .word, .string, .boolean, .none, .list: return nil
    }
  }

  /// `300x300x3`.
  private static func size(_ text: String) -> Result<Literal, AtomProblem>? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ part in !part.isEmpty && part.utf8.allSatisfy { 48...57 ~= $0 } })
    else { return nil }
    var sides: [Int] = []
    for part in parts {
      guard let side = Int(part) else { return .failure(AtomProblem("the size \(text) is too large")) }
      sides.append(side)
    }
    return .success(.size(sides))
  }
}

/// What is wrong with something that looks like a number.
struct AtomProblem: Error {
  var message: String

  init(_ message: String) {
    self.message = message
  }
}
