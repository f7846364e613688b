import ConvoKernel
import ConvoScenes

extension RenderError {
  var asCommandError: CommandError {
    // The sentence behind the semicolon says how to mend it.
    let parts = description.split(separator: "; ", maxSplits: 1).map(String.init)
    let (message, help) = (parts[0], parts.count > 1 ? parts[1] : "")
    return switch self {
    case .cancelled: CommandError(.interrupted, message, help: help)
    case .invalidArgument: CommandError(.badValue, message, help: help)
    case .drawingFailed: CommandError(.system, message, help: help)
    case .notADirectory, .notOurs, .otherSettings, .busy, .noPermission, .diskFull, .system:
      CommandError(.file, message, help: help, parameter: "directory")
    }
  }
}
