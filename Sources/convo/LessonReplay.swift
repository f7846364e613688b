import ConvoKernel
import ConvoLanguage
import ConvoLessons
import ConvoOutput
import ConvoTerminal

/// Plays a lesson from first to last: prose is shown, cells are run, no questions are asked.
final class LessonReplay {
  private let session: Session
  private let driver: CellDriver
  private let face: any Face
  /// Whether the commands of a cell are shown before what they say; JSON has them in `began`.
  private let showsSource: Bool
  /// The number of the last cell that ran.
  private var lastCell = 0

  init(session: Session, driver: CellDriver, face: any Face, showsSource: Bool) {
    self.session = session
    self.driver = driver
    self.face = face
    self.showsSource = showsSource
  }

  func run(_ lesson: Lesson) -> ExitStatus {
    let runner = CellRunner(
      check: { self.session.check($0) },
      // Prose belongs to the cell that it introduces.
      show: { self.face.show(OutputEvent(cell: self.lastCell + 1, $0)) },
      runCell: runCell)
    switch runner.run(lesson) {
    case .finished: return .success
    case .stopped(.interrupted, _, _, _): return .interrupted
    case .stopped(.failed, _, _, _), .stopped(.succeeded, _, _, _): return .failure
    case .refused(let mistakes):
      for mistake in mistakes { face.show(OutputEvent(cell: 0, .error(mistake))) }
      return .failure
    }
  }

  private func runCell(_ source: SourceText) -> CellOutcome {
    if showsSource {
      let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
      let code = lines.map { "  " + $0 }.joined(separator: "\n")
      face.show(OutputEvent(cell: lastCell + 1, .text(StyledText(code, .code, mayWrap: false))))
      face.show(OutputEvent(cell: lastCell + 1, .text("")))
    }
    let outcome = driver.run(source)
    lastCell = outcome.cell
    return outcome.interrupted ? .interrupted : outcome.ok ? .succeeded : .failed
  }
}
