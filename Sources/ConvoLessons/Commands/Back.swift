import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `back`: goes a step back, to the session as it was there.
struct Back: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "back", summary: "Goes a step back in the lesson, to the session as it was there",
    examples: [Example("back", "once more", after: ["lesson model", "next"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    guard let previous = walk.place.arrivals.keys.filter({ $0 < walk.place.stop }).max(),
      let state = walk.place.goBack(to: previous)
    else {
      throw CommandError(.notReady, "this is the first step", help: "leave ends the lesson")
    }
    walk.place.playedFrom = nil
    walk.place.review = []
    walk.state = state
    walk.showPage()
    return await walk.changes()
  }
}
