import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `solution`: shows one way to solve the exercise.
struct Solution: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "solution", summary: "Shows one way to solve the lesson's exercise, after its hints",
    examples: [Example("solution", "one way", after: ["lesson model", "next", "answer 1", "next", "next"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    let exercise = try walk.openExercise()
    let left = exercise.hints.count - (walk.place.progress.hints[walk.place.stepID] ?? 0)
    guard left <= 0 || walk.place.wantsSolution || walk.place.isSolved else {
      walk.place.wantsSolution = true
      context.say(
        "There \(left == 1 ? "is one hint" : "are \(left) hints") left: hint. Type solution once more to see it now.")
      return await walk.changesOfPlace()
    }
    context.say("One way:")
    for source in exercise.solution { context.emit(Presentation.code(source)) }
    context.say("Type it, or let skip do it.", .faint)
    return []
  }
}
