/// Why a model can't be trained as it stands, found before any work starts.
public struct CompileProblem: Error, Hashable, Sendable {
  /// What is wrong and where, with the names and the sizes.
  public var problem: String
  /// Which command to change, and how.
  public var help: String

  /// Words a problem and its cure.
  public init(_ problem: String, help: String) {
    self.problem = problem
    self.help = help
  }
}
