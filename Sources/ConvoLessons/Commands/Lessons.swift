import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// `lessons`: lists the lessons, and how far the learner has come in each.
struct Lessons: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "lessons", summary: "Lists the lessons, and how far you have come in each",
    examples: [Example("lessons", "every lesson, in the order of the course")])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let library = try LessonLibrary.usualOrCommandError()
    let current = context.state.part(LessonPlace.self)
    let rows = try await context.onOwnThread {
      library.lessons.map { lesson in
        let progress =
          current?.lesson.id == lesson.id ? current?.progress : ProgressFile(lesson: lesson.id)?.load().progress
        return [
          current?.lesson.id == lesson.id ? "→" : "", lesson.id, lesson.title,
          lesson.head.minutes.map { "\($0) min" } ?? "", Self.text(of: progress, in: lesson),
        ]
      }
    }
    context.emit(
      .table(
        Table(
          title: "Lessons",
          columns: [.init(""), .init("name"), .init("title"), .init("takes", .right), .init("progress")], rows: rows)))
    for path in library.unreadable.keys.sorted() {
      context.say("\(path) has mistakes and is left out; check \(path) shows them", .warning)
    }
    context.say("lesson NAME begins one, or goes on with it.", .faint)
    if !library.concepts.isEmpty { context.say("explain NAME explains a term; explain lists them.", .faint) }
    return []
  }

  private static func text(of progress: LessonProgress?, in lesson: Lesson) -> String {
    guard let progress else { return "–" }
    let step =
      "step \(min(lesson.number(of: min(progress.index, lesson.steps.count)), lesson.stopCount)) of \(lesson.stopCount)"
    return progress.isDone ? progress.isUnderway ? "done; again at \(step)" : "done" : step
  }
}
