import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `play`: a copy of the session to try things out in.
struct Play: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "play", summary: "Lets you try things out in the lesson; next throws them away",
    examples: [Example("play", "try something", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    guard walk.place.playedFrom == nil else {
      context.say("You are playing already; next takes you back to the lesson.")
      return []
    }
    walk.place.playedFrom = context.state.applying(.removePart(LessonPlace.self))
    context.say("Do what you like: next throws it away and goes on with the lesson.")
    return await walk.changesOfPlace()
  }
}
