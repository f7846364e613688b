public import ConvoKernel
public import ConvoLanguage
import ConvoOutput

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

  /// The expressions that it joins by `and`; itself where it is not so simple.
  var joinedParts: [String] {
    guard case .operation(.and, _, _) = expression else { return [text] }
    let parts = text.split(separator: " and ").map { String($0.trimmed) }
    // A part of what stands in parentheses or quotes is no expression.
    return parts.allSatisfy { (try? Expression($0)) != nil } ? parts : [text]
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
    do throws(ExpressionError) {
      return try state.holds(expression) ? .holds : .fails(values(ofFalsePartsIn: state))
    } catch {
      return .unanswerable(error.message, help: error.help)
    }
  }

  private func values(ofFalsePartsIn state: SessionState) throws(ExpressionError) -> [String] {
    var values: [String] = []
    for part in try expression.falseParts(in: state) { values.append(try part.values(in: state)) }
    return values
  }
}

extension Expression {
  /// The parts of an expression for which it does not hold: of an `and` the one that is false, of an `or` both.
  fileprivate func falseParts(in state: SessionState) throws(ExpressionError) -> [Expression] {
    switch self {
    case .operation(.and, let left, let right):
      return try state.holds(left) ? right.falseParts(in: state) : left.falseParts(in: state)
    case .operation(.or, let left, let right): return try left.falseParts(in: state) + right.falseParts(in: state)
    case .literal, .reference, .negated, .not, .operation: return [self]
    }
  }

  /// The values of a comparison that does not hold.
  fileprivate func values(in state: SessionState) throws(ExpressionError) -> String {
    switch self {
    case .operation(let sign, let left, let right) where sign.isComparison:
      let (left, right) = (try state.value(of: left), try state.value(of: right))
      let isClose = left.short == right.short && left.exact != right.exact
      return isClose ? "\(left.exact) \(sign.rawValue) \(right.exact)" : "\(left.short) \(sign.rawValue) \(right.short)"
    case .not(let inner): return "not " + (try inner.values(in: state))
    case .literal, .reference, .negated, .operation: return "false"
    }
  }

  /// From the first name in it to the last; `nil` where there is none.
  fileprivate var span: Span? {
    let inner: [Expression] =
      switch self {
      case .literal: []
      case .reference(let reference): (reference.arguments ?? []) + [reference.index].compactMap { $0 }
      case .negated(let inner), .not(let inner): [inner]
      case .operation(_, let left, let right): [left, right]
      }
    var spans = inner.compactMap(\.span)
    if case .reference(let reference) = self { spans.append(reference.span) }
    guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max() else { return nil }
    return Span(start, end)
  }
}

extension ExpressionValue {
  /// As it stands in a comparison: of a series, the value that counts; four decimals where that is enough.
  var short: String {
    if let number = asNumber, number != number.rounded(), tolerance == nil { return NumberText.metric(number) }
    return exact
  }

  fileprivate var exact: String {
    if case .series(let values) = self, let last = values.last { return ExpressionValue.number(last).description }
    return description
  }

  private var tolerance: Double? {
    if case .range(_, let tolerance) = self { return tolerance }
    return nil
  }
}

extension Statement {
  /// What is wrong with it, or not known, as a mistake at its place; `nil` where it holds.
  ///
  /// - Parameter what: "claim", "check".
  public func failure(as what: String, in state: SessionState) -> LocatedDiagnostic? {
    switch verdict(in: state) {
    case .holds: return nil
    case .fails(let parts):
      let spans = (try? expression.falseParts(in: state))?.compactMap(\.span) ?? []
      return located(
        "this \(what) is false: " + parts.joined(separator: ", and "), at: spans.count == 1 ? spans.first : nil)
    case .unanswerable(let message, let help):
      return located("this \(what) can't be judged: \(message)", help: help)
    }
  }

  /// A mistake at its place, or at a part of it.
  func located(_ message: String, help: String = "", at span: Span? = nil) -> LocatedDiagnostic {
    LocatedDiagnostic(
      Diagnostic(code: "lesson", message: message, help: help, span: span ?? Span(0, text.utf8.count)), in: source)
  }
}
