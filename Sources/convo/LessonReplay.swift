import ConvoKernel
import ConvoLanguage
import ConvoLessons
import ConvoOutput
import ConvoTerminal

/// Plays a lesson from first to last: prose is shown, cells are run, questions are answered, exercises solved.
///
/// A claim that is false is an error, and the lesson goes on.
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

  func run(_ lesson: Lesson) throws(LessonError) -> ExitStatus {
    // A misspelling in the last cell is worth knowing before the first has trained for minutes.
    let mistakes = lesson.program.flatMap { session.check($0.source) }
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    lastCell = driver.wait { await $0.transcript.cells.last?.number ?? 0 }
    if !lesson.head.needs.isEmpty {
      let status = try prepare(lesson)
      guard status == .success else { return status }
    }
    var status = ExitStatus.success
    var replay = Replay(lesson)
    while let action = replay.next(in: state) {
      switch action {
      case .show(let contents): show(contents)
      case .report(let mistake):
        status = .failure
        show([.error(mistake)])
      case .run(let source):
        let outcome = run(source)
        guard outcome == .success else { return outcome }
      }
    }
    return status
  }

  private var state: SessionState { driver.wait { await $0.state } }

  /// Goes over to the state that the lesson starts from: that in which the lessons that it needs end.
  private func prepare(_ lesson: Lesson) throws(LessonError) -> ExitStatus {
    let needed = try LessonLibrary.around(lesson.file ?? "").lessons(before: lesson)
    let names = needed.map(\.id).joined(separator: ", ")
    show([
      .text(StyledText("This lesson starts where others end; they run first, unseen: \(names)", .faint)), .text(""),
    ])
    let settings = state.settings
    let fork = driver.wait { session in
      let fork = await session.fork()
      await fork.start(from: SessionState(settings: settings))
      return fork
    }
    let unseen = CellDriver(session: fork, face: UnseenFace(face))
    for cell in needed.flatMap(\.program) where cell.isRun(in: unseen.wait { await $0.state }) {
      let status = ExitStatus(unseen.run(cell.source))
      guard status == .success else { return status }
    }
    driver.wait { await $0.start(from: fork.state) }
    return .success
  }

  private func run(_ source: SourceText) -> ExitStatus {
    if showsSource {
      let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
      let code = lines.map { "  " + $0 }.joined(separator: "\n")
      show([.text(StyledText(code, .code, mayWrap: false)), .text("")])
    }
    let outcome = driver.run(source)
    lastCell = outcome.cell
    return ExitStatus(outcome)
  }

  /// What is shown belongs to the cell that it introduces.
  private func show(_ contents: [OutputEvent.Content]) {
    for content in contents { face.show(OutputEvent(cell: lastCell + 1, content)) }
  }
}

/// Shows how far work has come, and what went wrong.
private final class UnseenFace: Face {
  private let face: any Face

  init(_ face: any Face) {
    self.face = face
  }

  func show(_ event: OutputEvent) {
    switch event.content {
    case .progress, .error: face.show(event)
    case .began, .text, .table, .chart, .image, .dataset, .summary, .batch, .epoch, .evaluation, .prediction, .ended:
      break
    }
  }
}
