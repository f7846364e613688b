/// The numbers that a parameter accepts.
public struct NumberBounds: Sendable, Hashable {
  public var lower: Double?
  /// Whether `lower` itself is refused.
  public var excludesLower: Bool
  public var upper: Double?
  /// Whether `upper` itself is refused.
  public var excludesUpper: Bool

  public init(lower: Double? = nil, excludesLower: Bool = false, upper: Double? = nil, excludesUpper: Bool = false) {
    self.lower = lower
    self.excludesLower = excludesLower
    self.upper = upper
    self.excludesUpper = excludesUpper
  }

  /// Any finite number.
  public static let any = NumberBounds()
  /// Zero or more.
  public static let nonNegative = NumberBounds(lower: 0)
  /// More than zero.
  public static let positive = NumberBounds(lower: 0, excludesLower: true)
  /// From 0 up to, but without, 1: a share that must leave something over.
  public static let fraction = NumberBounds(lower: 0, upper: 1, excludesUpper: true)

  /// Whether the number is finite and lies within the bounds.
  public func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    if let lower, number < lower || (excludesLower && number == lower) { return false }
    if let upper, number > upper || (excludesUpper && number == upper) { return false }
    return true
  }
}

extension NumberBounds: CustomStringConvertible {
  /// The bounds in words, to stand after "a number": empty where every number is accepted.
  public var description: String {
    func text(_ number: Double) -> String { Value.number(number).description }
    var parts: [String] = []
    if let lower { parts.append((excludesLower ? "above " : "at least ") + text(lower)) }
    if let upper { parts.append((excludesUpper ? "below " : "at most ") + text(upper)) }
    return parts.joined(separator: " and ")
  }
}
