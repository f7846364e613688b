#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Expression {
  /// Computes the value.
  ///
  /// - Parameter lookUp: the value of a name that is no function of the language, without its index. What stands in its
  ///   parentheses are words, such as the name of a generator.
  /// - Throws: what `lookUp` throws; where the kinds of two values do not go together; where an index is out of range.
  public func value(
    lookUp: (_ reference: Reference, _ arguments: [String]) throws(ExpressionError) -> ExpressionValue
  ) throws(ExpressionError) -> ExpressionValue {
    switch self {
    case .literal(let value): return value
    case .negated(let inner): return .number(-(try inner.number(lookUp)))
    case .not(let inner): return .truth(!(try inner.truth(lookUp)))
    // The right side may well have no value where the left decides: has_model(small) and small.epochs > 0.
    case .operation(.or, let left, let right): return .truth(try left.truth(lookUp) ? true : right.truth(lookUp))
    case .operation(.and, let left, let right): return .truth(try left.truth(lookUp) ? right.truth(lookUp) : false)
    case .operation(let sign, let left, let right):
      let (left, right) = (try left.value(lookUp: lookUp), try right.value(lookUp: lookUp))
      if sign.isComparison { return .truth(try Self.holds(left, sign, right)) }
      return try Self.arithmetic(left, sign, right)
    case .reference(let reference): return try Self.value(of: reference, lookUp)
    }
  }

  /// Looks names up; see `value(lookUp:)`.
  public typealias LookUp = (Reference, [String]) throws(ExpressionError) -> ExpressionValue

  private func number(_ lookUp: LookUp) throws(ExpressionError) -> Double {
    let value = try value(lookUp: lookUp)
    guard let number = value.asNumber else { throw ExpressionError("a number is wanted here, not \(value)") }
    return number
  }

  private func truth(_ lookUp: LookUp) throws(ExpressionError) -> Bool {
    let value = try value(lookUp: lookUp)
    guard case .truth(let truth) = value else {
      throw ExpressionError("a comparison is wanted here, not \(value)", help: "write one, such as loss < 0.5")
    }
    return truth
  }

  private static func arithmetic(
    _ left: ExpressionValue, _ sign: Operator, _ right: ExpressionValue
  ) throws(ExpressionError) -> ExpressionValue {
    guard let first = left.asNumber, let second = right.asNumber else {
      throw ExpressionError("\(left) \(sign.rawValue) \(right) can't be computed", help: "it takes two numbers")
    }
    switch sign {
    case .plus: return .number(first + second)
    case .minus: return .number(first - second)
    case .times: return .number(first * second)
    case .divided: return .number(first / second)
    case .power: return .number(pow(first, second))
    case .tolerance: return .range(first, tolerance: abs(second))
    case .or, .and, .equal, .unequal, .atMost, .atLeast, .below, .above:
      preconditionFailure("comparisons are no arithmetic")
    }
  }

  private static func holds(
    _ left: ExpressionValue, _ sign: Operator, _ right: ExpressionValue
  ) throws(ExpressionError) -> Bool {
    switch (left, right) {
    case (.size(let left), .size(let right)) where sign == .equal || sign == .unequal:
      return (left == right) == (sign == .equal)
    case (.text(let left), .text(let right)) where sign == .equal || sign == .unequal:
      return (left == right) == (sign == .equal)
    case (.truth(let left), .truth(let right)) where sign == .equal || sign == .unequal:
      return (left == right) == (sign == .equal)
    case (.size(let sides), .number), (.number, .size(let sides)):
      // What comes out of a flat layer has one side, and may be compared with a number; of others it differs.
      if sides.count > 1, sign == .equal || sign == .unequal { return sign == .unequal }
    default: break
    }
    guard let first = left.asNumber, let second = right.asNumber else {
      throw ExpressionError("\(left) and \(right) can't be compared by \(sign.rawValue)")
    }
    let tolerance = left.tolerance + right.tolerance
    switch sign {
    case .equal: return abs(first - second) <= tolerance || first == second
    case .unequal: return abs(first - second) > tolerance
    case .atMost: return first <= second + tolerance
    case .atLeast: return first >= second - tolerance
    case .below: return first < second + tolerance
    case .above: return first > second - tolerance
    case .or, .and, .plus, .minus, .tolerance, .times, .divided, .power:
      preconditionFailure("only comparisons compare")
    }
  }

  private static func value(of reference: Reference, _ lookUp: LookUp) throws(ExpressionError) -> ExpressionValue {
    if let arguments = reference.arguments, let function = ExpressionFunction(rawValue: reference.name) {
      var values: [ExpressionValue] = []
      for argument in arguments { values.append(try argument.value(lookUp: lookUp)) }
      let best = arguments.first?.isLoss == true ? ExpressionFunction.min : .max
      return .number(try function.value(of: values, best: best, span: reference.span))
    }
    var words: [String] = []
    for argument in reference.arguments ?? [] { words.append(try argument.word(of: reference)) }
    let value = try lookUp(reference, words)
    guard let index = reference.index else { return value }
    let number = try index.number(lookUp)
    guard case .series(let series) = value else {
      throw ExpressionError(
        "\(reference.name) is a single value, which takes no [ ]", span: reference.span)
    }
    guard let epoch = Int(exactly: number), series.indices.contains(epoch - 1) else {
      throw ExpressionError(
        "\(reference.name) has no value number \(Self.text(number))", help: "it has 1 to \(series.count)",
        span: reference.span)
    }
    return .number(series[epoch - 1])
  }

  /// Whether smaller is better.
  private var isLoss: Bool {
    guard case .reference(let reference) = self, let name = reference.path.last else { return false }
    return name.hasSuffix("loss")
  }

  private func word(of reference: Reference) throws(ExpressionError) -> String {
    switch self {
    case .reference(let word) where word.arguments == nil && word.index == nil: return word.name
    case .literal(.text(let text)): return text
    case .literal(.number(let number)): return Self.text(number)
    case .literal, .reference, .negated, .not, .operation:
      throw ExpressionError("\(reference.name)( ) wants names between its parentheses", span: reference.span)
    }
  }

  /// Whole numbers without a point.
  static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}

extension ExpressionValue {
  /// The value as a single number; `nil` where it is none.
  public var asNumber: Double? {
    switch self {
    case .number(let value), .range(let value, _): value
    case .series(let values): values.last
    case .size(let sides): sides.count == 1 ? sides.first.map(Double.init) : nil
    case .text, .truth: nil
    }
  }

  fileprivate var tolerance: Double {
    if case .range(_, let tolerance) = self { return tolerance }
    return 0
  }
}

extension ExpressionValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let value): Expression.text(value)
    case .range(let value, let tolerance): "\(Expression.text(value)) ± \(Expression.text(tolerance))"
    case .series(let values): "[" + values.map(Expression.text).joined(separator: " ") + "]"
    case .size(let sides): sides.map(String.init).joined(separator: "x")
    case .text(let text): text
    case .truth(let truth): truth ? "true" : "false"
    }
  }
}
