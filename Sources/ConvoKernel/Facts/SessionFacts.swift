import ConvoData
public import ConvoLanguage
import ConvoNetwork
import ConvoTensor
import ConvoTraining

extension SessionState {
  /// What an expression comes to in this session; `print` shows it, and lessons check what they say by it.
  public func value(of expression: Expression) throws(ExpressionError) -> ExpressionValue {
    try expression.value { (reference, arguments) throws(ExpressionError) in
      try fact(reference, arguments)
    }
  }

  /// Whether an expression holds. Throws where it is no comparison.
  public func holds(_ expression: Expression) throws(ExpressionError) -> Bool {
    guard case .truth(let truth) = try value(of: expression) else {
      throw ExpressionError("this is no comparison", help: "compare two things, as in loss < 0.5")
    }
    return truth
  }

  private func fact(_ reference: Expression.Reference, _ arguments: [String]) throws(ExpressionError) -> ExpressionValue
  {
    if let result = results[reference.name] { return result }
    var path = reference.path
    var model = activeModel
    if path.count > 1, let named = self.model(named: path[0]) {
      model = named
      path.removeFirst()
    }
    let name = path.joined(separator: ".")
    let question = FactQuestion(name: name, arguments: arguments, span: reference.span)
    if let fact = SessionFact(rawValue: name) {
      return try fact.value(in: self, model: model, question)
    }
    if let series = model?.measured(name) { return .series(series) }
    throw unknown(question, model: model)
  }

  private func unknown(_ question: FactQuestion, model: TrainedModel?) -> ExpressionError {
    let metrics = model?.measuredNames ?? []
    let functions = ExpressionFunction.allCases.map(\.rawValue)
    let known = SessionFact.allCases.map(\.rawValue) + metrics + results.keys.sorted() + functions
    let parts = question.name.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2, SessionFact(rawValue: parts[1]) != nil {
      let near = Spelling.nearest(to: parts[0], in: models.map(\.model.name))
      return question.error(
        "there is no model '\(parts[0])'",
        help: near.map { "did you mean '\($0)'?" } ?? "make it with: new model \(parts[0]) input=300x300x3")
    }
    if let near = Spelling.nearest(to: question.name, in: known), near != question.name {
      return question.error("nothing here is called '\(question.name)'", help: "did you mean '\(near)'?")
    }
    if Self.isMeasurement(question.name) {
      return question.error(
        "\(question.name) has not been measured yet", help: "fit measures it, or evaluate, or another command")
    }
    return question.error("nothing here is called '\(question.name)'", help: "help print lists what can be asked")
  }

  /// Names of what training measures, or what commands leave.
  private static func isMeasurement(_ name: String) -> Bool {
    if name.contains(".") { return true }
    let metric = name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
    return ["loss", "accuracy", "precision", "recall", "auc"].contains(metric)
  }
}

/// A name that was asked for, and what stands in its parentheses.
struct FactQuestion {
  var name: String
  var arguments: [String]
  var span: Span

  func error(_ message: String, help: String = "") -> ExpressionError {
    ExpressionError(message, help: help, span: span)
  }

  /// The one argument. Throws where there is another number of them.
  func argument(_ what: String) throws(ExpressionError) -> String {
    guard arguments.count == 1 else {
      throw error("\(name)( ) wants \(what) between its parentheses", help: "as in \(name)(NAME)")
    }
    return arguments[0]
  }
}

extension TrainedModel {
  /// What the history holds under a name, an entry for each epoch: `val_loss`; `nil` where it was never measured.
  func measured(_ name: String) -> [Double]? {
    let values = (learned?.history ?? []).compactMap { record in
      record.measured.first { $0.name == name }?.value
    }
    return values.isEmpty ? nil : values
  }

  var measuredNames: [String] { learned?.history.last?.measured.map(\.name) ?? [] }
}
