/// A question about the session, as lessons and `print` ask it: `floor(images(train) / 128) == 8`.
///
/// Operators, from the loosest to the tightest: `or`, `and`, `not`, one comparison, `+ - ±`, `* /`, the sign, `**`.
public indirect enum Expression: Sendable, Hashable {
  case literal(ExpressionValue)
  /// Something that the session knows or a function of the language: `val_loss`, `images(train)`, `big.loss[3]`.
  case reference(Reference)
  case negated(Expression)
  case not(Expression)
  case operation(Operator, Expression, Expression)

  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case or, and
    case equal = "==", unequal = "!=", atMost = "<=", atLeast = ">=", below = "<", above = ">"
    case plus = "+", minus = "-"
    /// A number that need not be met exactly: `0.98 ± 0.02`.
    case tolerance = "±"
    case times = "*", divided = "/"
    case power = "**"

    public var isComparison: Bool {
      switch self {
      case .equal, .unequal, .atMost, .atLeast, .below, .above: true
      case .or, .and, .plus, .minus, .tolerance, .times, .divided, .power: false
      }
    }
  }

  /// A name with what stands behind it.
  public struct Reference: Sendable, Hashable {
    /// The parts between the dots: `["big", "val_loss"]`.
    public var path: [String]
    /// What stands in parentheses; `nil` where there are none.
    public var arguments: [Expression]?
    /// What stands in brackets: the epoch, from 1.
    public var index: Expression?
    /// Where the name stands.
    public var span: Span

    public init(_ path: [String], arguments: [Expression]? = nil, index: Expression? = nil, span: Span = Span(0, 0)) {
      self.path = path
      self.arguments = arguments
      self.index = index
      self.span = span
    }

    /// The name with its dots.
    public var name: String { path.joined(separator: ".") }
  }
}

/// What an expression comes to.
public enum ExpressionValue: Sendable, Hashable {
  case number(Double)
  /// A number and how far from it is near enough.
  case range(Double, tolerance: Double)
  /// One number an epoch; where a single number is wanted, the last.
  case series([Double])
  case size([Int])
  case text(String)
  case truth(Bool)
}

/// What is wrong with an expression, or why it has no value.
public struct ExpressionError: Error, Hashable, Sendable {
  public var message: String
  public var help: String
  /// Where in the expression's text; `nil` where the whole is meant.
  public var span: Span?

  public init(_ message: String, help: String = "", span: Span? = nil) {
    self.message = message
    self.help = help
    self.span = span
  }
}
