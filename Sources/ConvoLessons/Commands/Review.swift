import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `review`: asks the questions again that were answered wrong.
struct Review: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "review", summary: "Lists the lesson's questions that you answered wrong, and asks them again",
    examples: [Example("review", "what went wrong", after: ["lesson model"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    guard walk.place.playedFrom == nil else {
      throw CommandError(.notReady, "you are playing", help: "next takes you back to the lesson")
    }
    let wrong = walk.place.wrong
    guard !wrong.isEmpty else {
      context.say("No question of this lesson is answered wrong.")
      return []
    }
    context.say("Answered wrong: \(wrong.count) question\(wrong.count == 1 ? "" : "s")")
    for index in wrong {
      context.say("  \(walk.place.lesson.number(of: index)). \(walk.place.lesson.steps[index].gist)")
    }
    walk.place.review = wrong
    walk.askNext()
    return await walk.changesOfPlace()
  }
}

extension LessonWalk {
  /// Asks the next question of a review; where there is none any more, the lesson goes on where it was.
  func askNext() {
    context.say("")
    if case .question(let question)? = place.review.first.map({ place.lesson.steps[$0] }) {
      for content in Presentation.question(question) { context.emit(content) }
      context.say("Type the number of your answer, or next to go on.", .faint)
    } else {
      context.say("That was the review; the lesson goes on here:", .faint)
      showStop()
    }
  }
}
