public import ConvoLanguage
public import ConvoOutput

/// A Markdown document as a program: prose to read, cells to run, questions to answer and exercises to solve, in order.
///
/// Fenced blocks whose info string begins with `convo`, `predict` or `try` are cells, questions and exercises; all else
/// is prose. HTML is skipped, but for comments with claims.
public struct Lesson: Sendable {
  /// One thing to do.
  public enum Step: Sendable {
    /// All that stands between two steps of other kinds.
    case prose(Prose)
    case cell(Cell)
    case question(Question)
    case exercise(Exercise)
  }

  public struct Prose: Sendable {
    public var contents: [OutputEvent.Content]
    /// What it says that has to be true when it is read.
    public var claims: [Claim]
  }

  public struct Claim: Sendable {
    public var statement: Statement
    /// Whether it only holds with images of full size.
    public var isOnlyFull: Bool
  }

  public struct Cell: Sendable {
    /// Knows its file and line, so that mistakes in it are reported as `lessons/week4.md:31`.
    public var source: SourceText
    /// The cell runs only where it holds.
    public var condition: Statement?
  }

  /// A guess to be made before the next cell shows the outcome.
  public struct Question: Sendable {
    public struct Choice: Sendable {
      public var text: String
      /// What is said to whoever chooses it.
      public var reply: String
    }

    public var text: String
    public var choices: [Choice]
    /// From 1.
    public var answer: Int
    /// What makes the answer the right one, once the next cell has run.
    public var checks: [Statement]
    public var line: Int

    public var rightChoice: Choice { choices[answer - 1] }
  }

  /// Something to be done at the prompt.
  public struct Exercise: Sendable {
    public var task: String
    /// What holds when it is done.
    public var checks: [Statement]
    public var hints: [String]
    /// Commands of which the last leads to what was asked for.
    public var solution: [SourceText]
    /// What is said when it is done.
    public var after: String?
    public var line: Int
  }

  /// Where the document leads to.
  struct Link: Sendable {
    var url: String
    var line: Int
    var column: Int
  }

  /// The path as the learner gave it; `nil` for a text that comes from no file.
  public let file: String?
  public let head: LessonHead
  public internal(set) var steps: [Step]
  /// Names this text: another text, another hash.
  public let hash: String
  let links: [Link]

  public var id: String { head.id }
  public var title: String { head.title }

  /// The sources of all cells, in order.
  public var cells: [SourceText] {
    steps.compactMap { step in
      switch step {
      case .cell(let cell): cell.source
      case .prose, .question, .exercise: nil
      }
    }
  }

  /// All that runs, solutions included, in order.
  public var program: [Cell] {
    steps.flatMap { step -> [Cell] in
      switch step {
      case .cell(let cell): [cell]
      case .exercise(let exercise): exercise.solution.map { Cell(source: $0) }
      case .prose, .question: []
      }
    }
  }

  /// Reads a lesson's file.
  ///
  /// - Throws: where the file can't be read, is no text or is too large, and where it has mistakes.
  public init(contentsOf path: String) throws(LessonError) {
    try self.init(LessonFile.text(at: path), file: path)
  }

  /// Reads a lesson from Markdown in any of the three styles of line ends.
  ///
  /// - Throws: `LessonError.mistakes`, with all of them.
  public init(_ markdown: String, file: String? = nil) throws(LessonError) {
    let source = LessonSource(markdown, file: file)
    var mistakes = MistakeList(source: source)
    let written = LessonHead.read(from: source, &mistakes)
    var builder = StepBuilder(source: source, mistakes: mistakes)
    for event in MarkdownReader.events(of: source.markdown) { builder.take(event) }
    steps = builder.finished()
    links = builder.links
    try builder.mistakes.check()
    self.file = file
    head = written ?? LessonHead(documentAt: file, title: builder.firstHeading)
    hash = Fingerprint.of(source.text)
  }
}
