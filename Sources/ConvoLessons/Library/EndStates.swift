public import ConvoKernel
import ConvoLanguage
import Synchronization

/// The states that lessons end in, for those that start from there: each is computed once in a process.
final class EndStates: Sendable {
  /// A lesson that was needed and did not run to its end.
  struct Failure: Error {
    var lesson: Lesson
    var mistakes: [LocatedDiagnostic]
  }

  static let shared = EndStates()

  private let known = Mutex<[String: SessionState]>([:])

  /// The state after lessons that are run one after the other, beginning with nothing but settings.
  func state(after lessons: [Lesson], settings: Settings, in context: CommandContext) async throws -> SessionState {
    var count = lessons.count
    var state = SessionState(settings: settings)
    while count > 0 {
      if let found = self[lessons.prefix(count), settings] {
        state = found
        break
      }
      count -= 1
    }
    for index in count..<lessons.count {
      state = try await Self.run(lessons[index], from: state, in: context)
      remember(state, after: lessons[...index], settings)
    }
    return state
  }

  func remember(_ state: SessionState, after lessons: ArraySlice<Lesson>, _ settings: Settings) {
    known.withLock { $0[Self.key(lessons, settings)] = state }
  }

  private subscript(lessons: ArraySlice<Lesson>, settings: Settings) -> SessionState? {
    known.withLock { $0[Self.key(lessons, settings)] }
  }

  /// What the state depends on; the cells are in it, because they may be those of the small size.
  private static func key(_ lessons: ArraySlice<Lesson>, _ settings: Settings) -> String {
    Fingerprint.of(lessons.flatMap(\.program).map(\.source.text).joined(separator: "\n"))
      + " \(lessons.map(\.hash)) \(settings.seed)"
  }

  private static func run(
    _ lesson: Lesson, from state: SessionState, in context: CommandContext
  ) async throws -> SessionState {
    var state = state
    for cell in lesson.program where cell.isRun(in: state) {
      let outcome = await context.runUnseen(cell.source, from: state)
      guard outcome.ok else { throw Failure(lesson: lesson, mistakes: outcome.mistakes) }
      state = outcome.state
    }
    return state
  }
}

extension Lesson.Cell {
  /// Whether the cell runs in a session. A condition that has no value there does not hold.
  public func isRun(in state: SessionState) -> Bool {
    condition.map { $0.verdict(in: state) == .holds } ?? true
  }
}
