import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `list`: the steps of the lesson, and where the learner is.
struct ListSteps: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "list", summary: "Lists the lesson's steps, and where you are",
    examples: [Example("list", "every step", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let place = try LessonWalk(in: context).place
    let rows = place.lesson.steps.indices.compactMap { index -> [String]? in
      let step = place.lesson.steps[index]
      if case .prose = step { return nil }
      return [
        index == place.stop ? "→" : "", String(place.lesson.number(of: index)), step.kind, step.gist,
        mark(of: place.stepIDs[index], index, in: place),
      ]
    }
    context.emit(
      .table(
        Table(
          title: place.lesson.title,
          columns: [.init(""), .init("step", .right), .init("kind"), .init("begins"), .init("result")], rows: rows)))
    if place.playedFrom != nil { context.say("You are playing; next takes you back to the lesson.", .faint) }
    return []
  }

  private func mark(of step: String, _ index: Int, in place: LessonPlace) -> String {
    if let answer = place.progress.answers[step] { return answer.isRight ? "✓ right" : "✗ wrong" }
    if place.progress.skipped.contains(step) { return "skipped" }
    if place.progress.solved.contains(step) { return "✓ solved" }
    return index < place.stop && place.arrivals[index] != nil ? "✓" : ""
  }
}
