public import ConvoData
public import ConvoNetwork

/// Why training, evaluation or prediction can't begin, or can't go on.
public enum TrainingError: Error, Sendable {
  /// A number that makes no sense.
  case setting(name: String, value: Int, reason: String, help: String)
  /// A callback asks for a value that no epoch will have.
  case monitor(parameter: String, name: String, available: [String])
  /// Model, loss and images do not go together.
  case mismatch(CompileProblem)
  /// The weights belong to another model.
  case weights(have: Int, need: Int)
  /// The images can't be read any more.
  case images(BatchStreamError)
  /// The network can't be built.
  case network(ExecutorError)
  /// The learner stopped it.
  case interrupted
}

extension TrainingError {
  /// What is wrong, in one sentence without a full stop.
  public var problem: String {
    switch self {
    case .setting(let name, let value, let reason, _): "\(name)=\(value) is not possible: \(reason)"
    case .monitor(let parameter, let name, _): "\(parameter) can't look at \(name): the epochs will not have it"
    case .mismatch(let problem): problem.problem
    case .weights(let have, let need): "there are \(have) weights for a model of \(need)"
    case .images(let error): error.description
    case .network(let error): error.problem
    case .interrupted: "interrupted"
    }
  }

  /// How to mend it; may be empty.
  public var help: String {
    switch self {
    case .setting(_, _, _, let help): help
    case .monitor(_, let name, let available):
      "there will be \(available.joined(separator: ", "))"
        + (name.hasPrefix("val_") && available.contains(String(name.dropFirst(4)))
          ? "; with validation_data=GENERATOR there is \(name) as well" : "")
    case .mismatch(let problem): problem.help
    case .weights: "reset, which draws new weights for the model as it is now"
    case .images: "load the generator again"
    case .network(let error): error.help
    case .interrupted: ""
    }
  }
}
