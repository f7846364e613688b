import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `next`: runs the cell that is shown, looks at the exercise, or goes on.
struct Next: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "next", summary: "Goes on in the lesson: runs the cell that is shown, or looks at your exercise",
    examples: [Example("next", "runs the lesson's first cell", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    if let before = walk.place.playedFrom {
      walk.place.playedFrom = nil
      walk.state = before
      context.say("What you played is gone; the lesson goes on.", .faint)
      walk.showStop()
      return await walk.changes()
    }
    if !walk.place.review.isEmpty {
      walk.place.review.removeFirst()
      walk.askNext()
      return await walk.changesOfPlace()
    }
    switch walk.place.step {
    case .cell(let cell)?:
      try await walk.run(cell.source)
      walk.goOn()
    case .question?:
      guard walk.place.isAnswered else {
        context.say("A guess first, it costs nothing: type its number. skip goes on without one.")
        return []
      }
      walk.goOn()
    case .exercise(let exercise)?:
      guard !walk.place.isSolved else {
        walk.goOn()
        break
      }
      if exercise.gaps(in: walk.state).isEmpty {
        walk.solve(exercise)
      } else {
        context.say("Not there yet:")
        walk.showChecks(of: exercise)
        context.say("hint helps, skip does it for you.", .faint)
      }
      return await walk.changesOfPlace()
    case .prose?, nil: walk.showStop()
    }
    return await walk.changes()
  }
}
