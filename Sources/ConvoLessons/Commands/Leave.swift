import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `leave`: ends the lesson and brings the learner's own session back.
struct Leave: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "leave", summary: "Leaves the lesson and brings your own session back, as it was before",
    examples: [Example("leave", "back to your own session", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let walk = try LessonWalk(in: context)
    let place = walk.place
    LeftLessons.shared.keep(walk)
    context.say(
      "Your session is back as it was before the lesson."
        + (place.isAtEnd ? "" : " lesson \(place.lesson.id) goes on where you were."))
    return [.replaceState(place.outside)]
  }
}
