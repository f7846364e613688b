public import ConvoLanguage
public import ConvoOutput

/// A Markdown document as a program: prose to read and cells to run, in order.
///
/// A cell is a fenced code block whose info string begins with the word `convo`; all else is prose. A block of YAML
/// front matter is skipped, and so is HTML, comments included.
public struct Lesson: Sendable {
  /// One thing to do: to show, or to run.
  public enum Step: Sendable {
    /// All that stands between two cells.
    case prose([OutputEvent.Content])
    /// Knows its file and line, so that mistakes in it are reported as `lessons/week4.md:31`.
    case cell(SourceText)
  }

  /// The path as the learner gave it; `nil` for a text that comes from no file.
  public let file: String?
  public let steps: [Step]

  /// The cells alone, in order.
  public var cells: [SourceText] {
    steps.compactMap { step in
      switch step {
      case .prose: nil
      case .cell(let source): source
      }
    }
  }

  /// Reads a lesson's file.
  ///
  /// - Throws: where the file can't be read, is no text or is too large, and where a cell has no end.
  public init(contentsOf path: String) throws(LessonError) {
    try self.init(LessonFile.text(at: path), file: path)
  }

  /// Reads a lesson from Markdown in any of the three styles of line ends.
  ///
  /// - Throws: `LessonError.unclosedCell`.
  public init(_ markdown: String, file: String? = nil) throws(LessonError) {
    let source = LessonSource(markdown)
    var builder = StepBuilder(source: source, file: file)
    for event in MarkdownReader.events(of: source.markdown) { try builder.take(event) }
    self.file = file
    steps = builder.finished()
  }
}
