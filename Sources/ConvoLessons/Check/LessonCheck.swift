import ConvoKernel
import ConvoLanguage
import ConvoOutput
import Synchronization

/// Replays a lesson unseen and notes everything that is not as the lesson says.
struct LessonCheck {
  let lesson: Lesson
  let isSmall: Bool
  let context: CommandContext
  private(set) var state: SessionState
  private(set) var failures: [LocatedDiagnostic] = []
  /// Whether all steps were looked at.
  private(set) var isComplete = true

  init(_ lesson: Lesson, isSmall: Bool, from state: SessionState, in context: CommandContext) {
    self.lesson = lesson
    self.isSmall = isSmall
    self.state = state
    self.context = context
  }

  mutating func run() async {
    let begin = ContinuousClock.now
    var replay = Replay(lesson, isSmall: isSmall)
    while let action = replay.next(in: state) {
      switch action {
      case .show: break
      case .report(let failure): failures.append(failure)
      case .run(let source):
        let seconds = begin.duration(to: .now) / .seconds(1)
        context.emit(
          .progress(
            Progress(
              title: "checking \(lesson.id)", done: replay.stepsBegun - 1, total: lesson.steps.count, seconds: seconds))
        )
        guard await run(source) else {
          isComplete = replay.stepsBegun == lesson.steps.count
          return
        }
      }
    }
  }

  /// - Returns: whether all commands succeeded; their errors are failures.
  private mutating func run(_ source: SourceText) async -> Bool {
    let outcome = await context.runUnseen(source, from: state)
    state = outcome.state
    failures += outcome.mistakes
    return outcome.ok
  }
}

extension CommandContext {
  /// Runs commands of which only the progress is shown.
  func runUnseen(
    _ source: SourceText, from state: SessionState
  ) async -> (state: SessionState, ok: Bool, mistakes: [LocatedDiagnostic]) {
    let mistakes = Mutex<[LocatedDiagnostic]>([])
    let (next, ok) = await run(source, from: state) { content in
      switch content {
      case .progress: emit(content)
      case .error(let mistake): mistakes.withLock { $0.append(mistake) }
      case .began, .text, .table, .chart, .image, .dataset, .summary, .batch, .epoch, .evaluation, .prediction, .ended:
        break
      }
    }
    return (next, ok, mistakes.withLock { $0 })
  }
}
