#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What expressions can compute by themselves, of numbers and of the values of all epochs.
public enum ExpressionFunction: String, Sendable, CaseIterable {
  case floor, ceil, round, abs, sqrt
  /// The exponential, and the natural logarithm.
  case exp, log
  case min, max, mean, sum, count
  /// The lowest value of a loss, the highest of anything else, and the epoch that had it.
  case best
  case bestEpoch = "best_epoch"
  /// By how much the values change from one epoch to the next, on average.
  case fluctuation

  /// - Parameter best: whether the lowest or the highest is the best.
  func value(
    of values: [ExpressionValue], best: ExpressionFunction, span: Span
  ) throws(ExpressionError) -> Double {
    var numbers: [Double] = []
    for value in values {
      switch value {
      case .number(let number), .range(let number, _): numbers.append(number)
      case .series(let series): numbers += series
      case .size, .text, .truth: throw ExpressionError("\(rawValue)( ) takes numbers, not \(value)", span: span)
      }
    }
    guard let last = numbers.last else {
      if self == .count { return 0 }
      throw ExpressionError("\(rawValue)( ) has nothing to compute with", span: span)
    }
    switch self {
    case .floor, .ceil, .round, .abs, .sqrt, .exp, .log:
      guard values.count == 1 else { throw ExpressionError("\(rawValue)( ) takes one number", span: span) }
      return try ofOne(last, span: span)
    case .min: return numbers.min() ?? last
    case .max: return numbers.max() ?? last
    case .sum: return numbers.reduce(0, +)
    case .mean: return numbers.reduce(0, +) / Double(numbers.count)
    case .count: return Double(numbers.count)
    case .best: return try best.value(of: values, best: best, span: span)
    case .bestEpoch:
      let value = try best.value(of: values, best: best, span: span)
      return Double((numbers.firstIndex(of: value) ?? 0) + 1)
    case .fluctuation:
      let changes = zip(numbers, numbers.dropFirst()).map { Swift.abs($1 - $0) }
      return changes.isEmpty ? 0 : changes.reduce(0, +) / Double(changes.count)
    }
  }

  private func ofOne(_ number: Double, span: Span) throws(ExpressionError) -> Double {
    let result: Double
    switch self {
    case .floor: result = number.rounded(.down)
    case .ceil: result = number.rounded(.up)
    case .round: result = number.rounded()
    case .abs: result = number.magnitude
    case .sqrt: result = number.squareRoot()
    #if canImport(Glibc)
      case .exp: result = Glibc.exp(number)
      case .log: result = Glibc.log(number)
    #else
      case .exp: result = Darwin.exp(number)
      case .log: result = Darwin.log(number)
    #endif
    case .min, .max, .mean, .sum, .count, .best, .bestEpoch, .fluctuation: result = number
    }
    if result.isNaN && !number.isNaN {
      throw ExpressionError("\(rawValue)(\(Expression.text(number))) has no value", span: span)
    }
    return result
  }
}
