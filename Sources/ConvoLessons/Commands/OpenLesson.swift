import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// `lesson`: begins a lesson, or goes on with it.
struct OpenLesson: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "lesson",
    summary: "Begins a lesson, or goes on where you left it",
    details: """
      Your session is put aside and comes back with leave. A lesson that needs others starts where those end; any other \
      starts from your session as it is. In a lesson, next or an empty line goes on, a number answers a question, and \
      every command can be typed in between. Without a name, it shows the step again that you are at.
      """,
    parameters: [
      Parameter("name", .text, .positional, .optional, help: "Which lesson; lessons lists them"),
      Parameter(
        "again", .boolean, .named, .defaults(to: .boolean(false)), help: "Begin at the beginning, whatever was done"),
    ],
    examples: [Example("lesson model", "begin it, or go on")])

  let name: String?
  let again: Bool

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.textIfGiven("name")
    again = try arguments.boolean("again")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    guard let name else {
      try LessonWalk(in: context).showPage()
      return []
    }
    let (lesson, needed) = try Self.lesson(name)
    try Self.refuseMistakes(in: lesson, context)
    let open = try? LessonWalk(in: context)
    if let open {
      guard open.place.lesson.hash != lesson.hash || again else {
        open.showPage()
        return []
      }
      LeftLessons.shared.keep(open)
    }
    Self.welcome(lesson, in: context)
    let outside = open?.place.outside ?? context.state
    let saved = try await Self.progress(of: lesson, in: context)
    var progress = LessonProgress(lesson: lesson.id, hash: lesson.hash, seed: outside.settings.seed)
    progress.isDone = saved?.isDone ?? false
    guard !again, let saved, saved.isUnderway else {
      let start = try await Self.start(of: lesson, after: needed, outside: outside, seed: progress.seed, in: context)
      var walk = LessonWalk(context, LessonPlace(lesson, outside: outside, stop: 0, progress: progress), start)
      walk.place.arrive(at: lesson.stop(from: 0, in: start), in: start)
      walk.showPage()
      return await walk.changes()
    }
    if var left = LeftLessons.shared.lesson(lesson, progress: saved) {
      left.place.outside = outside
      let walk = LessonWalk(context, left.place, left.state)
      walk.showPage()
      return walk.unsavedChanges
    }
    progress.seed = saved.seed
    let start = try await Self.start(of: lesson, after: needed, outside: outside, seed: saved.seed, in: context)
    var walk = LessonWalk(context, LessonPlace(lesson, outside: outside, stop: 0, progress: progress), start)
    let isBack = try await walk.resume(saved)
    walk.showPage()
    // Where it could not be brought back, the file keeps what it has until the learner goes on.
    return isBack ? await walk.changes() : walk.unsavedChanges
  }

  private static func refuseMistakes(in lesson: Lesson, _ context: CommandContext) throws(CommandError) {
    let mistakes = lesson.program.flatMap { context.catalog.mistakes(in: $0.source) }
    guard !mistakes.isEmpty else { return }
    for mistake in mistakes { context.emit(.error(mistake)) }
    throw CommandError(.file, "the lesson '\(lesson.id)' has mistakes", parameter: "name")
  }

  private static func lesson(_ name: String) throws(CommandError) -> (lesson: Lesson, needed: [Lesson]) {
    do throws(LessonError) {
      let library = try LessonLibrary.usual()
      let lesson = try library.lessonOrConcept(name)
      return (lesson, try library.lessons(before: lesson))
    } catch {
      throw error.command("name")
    }
  }

  private static func progress(of lesson: Lesson, in context: CommandContext) async throws -> LessonProgress? {
    // What the current lesson holds is what its file holds.
    guard let file = ProgressFile(lesson: lesson.id) else { return nil }
    let (progress, warning) = try await context.onOwnThread { file.load() }
    if let warning { context.say(warning, .warning) }
    return progress
  }

  /// The session that the lesson begins in.
  private static func start(
    of lesson: Lesson, after needed: [Lesson], outside: SessionState, seed: UInt64, in context: CommandContext
  ) async throws -> SessionState {
    var settings = outside.settings
    settings.seed = seed
    guard !needed.isEmpty else { return outside.applying(.setSettings(settings)) }
    context.say(
      "It starts at the end of \(needed.map(\.id).joined(separator: ", ")); what is there runs first.", .faint)
    context.say("")
    do {
      return try await EndStates.shared.state(after: needed, settings: settings, in: context)
    } catch let failure as EndStates.Failure {
      for mistake in failure.mistakes { context.emit(.error(mistake)) }
      throw CommandError(
        context.interruption.isRequested ? .interrupted : .notReady,
        "the lesson '\(failure.lesson.id)', which this one needs, did not run to its end", parameter: "name")
    }
  }

  private static func welcome(_ lesson: Lesson, in context: CommandContext) {
    let minutes = lesson.head.minutes.map { " · about \($0) minutes" } ?? ""
    context.say(
      "lesson \(lesson.id) · \(lesson.stopCount) step\(lesson.stopCount == 1 ? "" : "s")\(minutes) · list, back and leave work everywhere",
      .faint)
    context.say("")
  }
}
