import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `answer`: answers the question that is open.
struct AnswerQuestion: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "answer", summary: "Answers the question of the lesson; at the prompt, its number alone does",
    parameters: [Parameter("number", .integer(1...99), .positional, .required, help: "Which choice")],
    examples: [Example("answer 1", "the first choice", after: ["lesson model", "next"])])

  let number: Int

  init(_ arguments: Arguments) throws(ArgumentError) {
    number = try arguments.integer("number")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    guard let (question, index) = walk.place.question else {
      throw CommandError(
        .notReady, "no question is open",
        help: walk.place.playedFrom == nil ? "next goes on" : "you are playing; next takes you back to the lesson")
    }
    guard number <= question.choices.count else {
      throw CommandError(
        .badValue, "there is no choice \(number)", help: "there are 1 to \(question.choices.count)", parameter: "number"
      )
    }
    for content in Presentation.reply(number, to: question) { context.emit(content) }
    let isRight = number == question.answer
    let step = walk.place.stepIDs[index]
    let answer = LessonProgress.Answer(choice: number, isRight: isRight)
    if walk.place.review.isEmpty {
      // The first guess is what counts; review asks once more.
      if walk.place.progress.answers[step] == nil { walk.place.progress.answers[step] = answer }
      walk.place.progress.skipped.remove(step)
      context.say(isRight ? "Enter or next goes on." : "Try another, or go on with Enter or next.", .faint)
    } else {
      walk.place.progress.answers[step] = answer
      walk.place.review.removeFirst()
      walk.askNext()
    }
    return await walk.changesOfPlace()
  }
}
