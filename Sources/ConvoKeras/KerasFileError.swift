/// Why a file of a model could not be read or written: what is wrong, and how to mend it.
public struct KerasFileError: Error, Hashable, Sendable {
  /// What is wrong.
  public var problem: String
  /// How to mend it; may be empty.
  public var help: String

  public init(_ problem: String, help: String = "") {
    self.problem = problem
    self.help = help
  }

  /// What comes from outside is damaged, or was made to do harm.
  static func damaged(_ reason: String) -> KerasFileError {
    KerasFileError("it is damaged: \(reason)", help: "save it again from where it comes")
  }
}
