public import ConvoImages

/// A file that is left out, and why.
public struct FileProblem: Sendable, Equatable, CustomStringConvertible {
  /// Path relative to the generator's directory.
  public let file: String
  /// What is wrong with it.
  public let problem: ImageProblem

  /// A problem with the file at a path relative to the generator's directory.
  public init(file: String, problem: ImageProblem) {
    self.file = file
    self.problem = problem
  }

  /// For example `cats/7.png: the file is truncated`.
  public var description: String { "\(file): \(problem)" }
}

/// Files that a scan passed over because of their names.
public struct IgnoredFiles: Sendable, Equatable {
  /// How many names are kept.
  public static let mostExamples = 5

  /// How many files inside the classes have no extension of a picture.
  public internal(set) var count = 0
  /// The first of them, relative to the generator's directory.
  public internal(set) var examples: [String] = []
  /// How many files with a picture's extension lie directly in the generator's directory, in no class.
  public internal(set) var outsideClasses = 0

  mutating func add(_ file: String) {
    count += 1
    if examples.count < Self.mostExamples { examples.append(file) }
  }
}
