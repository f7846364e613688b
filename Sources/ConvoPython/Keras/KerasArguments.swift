import ConvoLanguage

/// The arguments of a call, taken one after the other by the names that Keras gives them.
struct KerasArguments {
  private(set) var rest: [ConstructArgument]
  let call: Span
  let function: String

  init(_ arguments: [ConstructArgument], call: Span, function: String) {
    rest = arguments
    self.call = call
    self.function = function
  }

  /// The argument of that name, or the first one without a name where `positional`.
  mutating func take(_ name: String, positional: Bool = false) -> ConstructArgument? {
    guard let index = rest.firstIndex(where: { $0.name == name || (positional && $0.name == nil) }) else { return nil }
    return rest.remove(at: index)
  }

  mutating func require(_ name: String) throws(PythonMistake) -> ConstructArgument {
    guard let argument = take(name, positional: true) else {
      throw PythonMistake("\(function) needs \(name)", at: call, code: "missing-argument")
    }
    return argument
  }

  /// Throws where something was not taken.
  func end() throws(PythonMistake) {
    guard let extra = rest.first else { return }
    throw PythonMistake(
      extra.name.map { "\(function) has no option '\($0)' in convo" } ?? "\(function) has no place for this",
      help: "leave it out", at: extra.span, code: "unknown-option")
  }
}
