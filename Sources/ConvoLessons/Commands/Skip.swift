import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `skip`: goes on without the learner, and so that everything behind still works.
struct Skip: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "skip", summary: "Goes on in the lesson without you: runs the cell unseen, or solves the exercise",
    examples: [Example("skip", "the first cell, unseen", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    if let before = walk.place.playedFrom {
      walk.place.playedFrom = nil
      walk.state = before
    }
    walk.place.review = []
    let step = walk.place.stepID
    switch walk.place.step {
    case .cell(let cell)?: try await walk.run(cell.source, isShown: false)
    case .question?: break
    case .exercise(let exercise)?:
      if walk.place.isSolved { break }
      // From the session as the exercise found it: half a solution may stand in the way of a whole one.
      let exerciseStop = walk.place.stop
      if let state = walk.place.goBack(to: exerciseStop) { walk.state = state }
      for source in exercise.solution {
        context.emit(Presentation.code(source))
        try await walk.run(source)
      }
      for content in exercise.after.map({ Presentation.prose($0) }) ?? [] { context.emit(content) }
    case .prose?, nil:
      throw CommandError(.notReady, "the lesson is over", help: "leave brings your own session back")
    }
    if !walk.place.isSolved, walk.place.progress.answers[step] == nil { walk.place.progress.skipped.insert(step) }
    walk.goOn()
    return await walk.changes()
  }
}
