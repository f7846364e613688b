public import ConvoLanguage
public import ConvoOutput

/// How a cell came out.
public enum CellOutcome: Sendable, Hashable {
  case succeeded, failed, interrupted
}

/// Runs a lesson from first to last. Knows neither session nor terminal: whoever makes one connects them.
///
/// Blocks the calling thread, as running a cell does.
public struct CellRunner {
  /// How a lesson came out.
  public enum Ending: Sendable, Hashable {
    /// Every cell ran and succeeded.
    case finished(cells: Int)
    /// Some cells hold mistakes that can be seen without running them; nothing was shown, and nothing ran.
    case refused([LocatedDiagnostic])
    /// A cell failed or was interrupted, and the steps behind it were left out; `number` counts cells from 1.
    case stopped(CellOutcome, cell: SourceText, number: Int, of: Int)
  }

  /// Every mistake of a cell that can be found without running it.
  public var check: (SourceText) -> [LocatedDiagnostic]
  /// Shows one thing of the prose; an empty text is a blank line.
  public var show: (OutputEvent.Content) -> Void
  /// Shows a cell's commands, runs them, and shows what they say.
  public var runCell: (SourceText) -> CellOutcome

  public init(
    check: @escaping (SourceText) -> [LocatedDiagnostic],
    show: @escaping (OutputEvent.Content) -> Void,
    runCell: @escaping (SourceText) -> CellOutcome
  ) {
    self.check = check
    self.show = show
    self.runCell = runCell
  }

  /// Checks all cells, then shows the prose and runs the cells in order, up to the first that does not succeed.
  public func run(_ lesson: Lesson) -> Ending {
    let cells = lesson.cells
    // A misspelling in the last cell is worth knowing before the first has trained for minutes.
    let mistakes = cells.flatMap(check)
    guard mistakes.isEmpty else { return .refused(mistakes) }
    var done = 0
    for (index, step) in lesson.steps.enumerated() {
      switch step {
      case .prose(let contents):
        if index > 0 { show(.text("")) }
        for content in contents { show(content) }
        if index < lesson.steps.count - 1 { show(.text("")) }
      case .cell(let source):
        let outcome = runCell(source)
        done += 1
        switch outcome {
        case .succeeded: break
        case .failed, .interrupted: return .stopped(outcome, cell: source, number: done, of: cells.count)
        }
      }
    }
    return .finished(cells: done)
  }
}
