public import ConvoKerasProgram
public import ConvoSchema

/// One thing that a learner can tell the session to do.
///
/// An implementer passes the generic command test: its examples run, it changes nothing when it throws, and it returns
/// soon after `context.interruption` is requested.
public protocol Command: Nameable {
  /// The step of the course that the command belongs to; `help` groups by it.
  static var stage: CourseStage { get }

  /// Does the work and says what changes in the session. Throws a `CommandError`, or a `PartialFailure`.
  func run(in context: CommandContext) async throws -> [SessionChange]
}

/// The steps of the course, in order.
public enum CourseStage: String, Sendable, CaseIterable {
  case data, model, compile, fit, evaluate, look, learn, notebook
}

/// Why a command could not do its work.
public struct CommandError: Error, Hashable, Sendable {
  /// A stable name of the kind of error, for programs.
  public enum Code: String, Sendable {
    /// A name that the session does not know.
    case unknownName = "unknown-name"
    /// A value that can't be used here.
    case badValue = "bad-value"
    /// Something has to be done first.
    case notReady = "not-ready"
    /// Shapes that do not fit.
    case shape
    /// A loss, an activation and labels that do not fit together.
    case mismatch
    /// Something about files and directories.
    case file
    /// Pictures that can't be used.
    case data
    /// Stopped on request.
    case interrupted
    /// The machine could not do it.
    case system
  }

  public var code: Code
  public var message: String
  public var help: String
  /// The parameter at fault, so that the caret can point at it.
  public var parameter: String?

  public init(_ code: Code, _ message: String, help: String = "", parameter: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
    self.parameter = parameter
  }
}

/// A command that failed on its way, with what it had reached by then: a `fit` whose images went away after ten epochs
/// keeps the ten epochs.
public struct PartialFailure: Error, Sendable {
  public var error: CommandError
  public var changes: [SessionChange]

  public init(_ error: CommandError, keeping changes: [SessionChange]) {
    self.error = error
    self.changes = changes
  }
}

/// A command that Keras can do as well.
///
/// What it writes, real Keras runs, behind what the commands before it wrote.
public protocol KerasWriting: Command {
  /// Adds what the command did to the program. Called when it has succeeded, and where it kept something of its work.
  func write(to program: inout KerasProgram, _ run: CommandRun)
}

/// A command that has run.
public struct CommandRun: Sendable {
  /// What was typed, with the defaults filled in.
  public let arguments: Arguments
  /// The session before and after.
  public let before, after: SessionState
  /// Whether the command did all of its work.
  public let isComplete: Bool
}
