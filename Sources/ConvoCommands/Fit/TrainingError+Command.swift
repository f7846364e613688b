import ConvoKernel
import ConvoTraining

extension TrainingError {
  /// The error as a command reports it.
  ///
  /// - Parameter parameter: the one that named the images.
  func asCommandError(parameter: String) -> CommandError {
    switch self {
    case .setting(let name, _, _, _): CommandError(.badValue, problem, help: help, parameter: name)
    case .monitor(let name, _, _): CommandError(.badValue, problem, help: help, parameter: name)
    case .mismatch: CommandError(.mismatch, problem, help: help)
    case .weights: CommandError(.notReady, problem, help: help)
    case .images: CommandError(.data, problem, help: help, parameter: parameter)
    case .network: CommandError(.system, problem, help: help)
    case .interrupted: CommandError(.interrupted, problem, help: help)
    }
  }
}
