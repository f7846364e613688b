public import ConvoKernel
public import ConvoLanguage

/// Something that a lesson says of the session: an expression that should hold, and where it stands.
public struct Statement: Sendable {
  /// The expression as it is written.
  public let source: SourceText
  let expression: Expression

  public var text: String { source.text }

  init(_ source: SourceText) throws(ExpressionError) {
    self.source = source
    expression = try Expression(source.text)
  }

  /// What becomes of it in a session.
  public enum Verdict: Sendable, Hashable {
    case holds
    /// The comparisons in it that do not hold, with their values: `0.61 < 0.5`.
    case fails([String])
    /// It has no value; why, and what helps.
    case unanswerable(String, help: String)
  }

  public func verdict(in state: SessionState) -> Verdict {
    do {
      return try state.holds(expression) ? .holds : .fails(try falseParts(of: expression, in: state))
    } catch {
      return .unanswerable(error.message, help: error.help)
    }
  }

  private func falseParts(of expression: Expression, in state: SessionState) throws(ExpressionError) -> [String] {
    switch expression {
    case .operation(.and, let left, let right):
      if try !state.holds(left) { return try falseParts(of: left, in: state) }
      return try falseParts(of: right, in: state)
    case .operation(.or, let left, let right):
      return try falseParts(of: left, in: state) + falseParts(of: right, in: state)
    case .operation(let sign, let left, let right) where sign.isComparison:
      return [try compared(state.value(of: left), sign, state.value(of: right))]
    case .not(.operation(let sign, let left, let right)) where sign.isComparison:
      return ["not " + compared(try state.value(of: left), sign, try state.value(of: right))]
    case .literal, .reference, .negated, .not, .operation: return ["false"]
    }
  }

  private func compared(_ left: ExpressionValue, _ sign: Expression.Operator, _ right: ExpressionValue) -> String {
    "\(left.short) \(sign.rawValue) \(right.short)"
  }
}

extension ExpressionValue {
  /// As it stands in a comparison: of a series, the value that counts.
  var short: String {
    if case .series(let values) = self, let last = values.last { return ExpressionValue.number(last).description }
    return description
  }
}

extension Statement {
  /// What is wrong with it, or not known, as a mistake at its place; `nil` where it holds.
  ///
  /// - Parameter what: "claim", "check".
  public func failure(as what: String, in state: SessionState) -> LocatedDiagnostic? {
    switch verdict(in: state) {
    case .holds: nil
    case .fails(let parts):
      located("this \(what) is false: " + parts.joined(separator: ", and "))
    case .unanswerable(let message, let help): located("this \(what) can't be judged: \(message)", help: help)
    }
  }

  func located(_ message: String, help: String = "") -> LocatedDiagnostic {
    LocatedDiagnostic(
      Diagnostic(code: "lesson", message: message, help: help, span: Span(0, text.utf8.count)), in: source)
  }
}
