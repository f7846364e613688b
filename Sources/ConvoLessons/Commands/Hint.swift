import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `hint`: one hint more.
struct Hint: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "hint", summary: "Gives one more hint for the lesson's exercise",
    examples: [Example("hint", "the first hint", after: ["lesson model", "next", "answer 1", "next", "next"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var walk = try LessonWalk(in: context)
    let exercise = try walk.openExercise()
    let given = walk.place.progress.hints[walk.place.stepID] ?? 0
    guard given < exercise.hints.count else {
      context.say(
        exercise.hints.isEmpty
          ? "There are no hints here; solution shows one way." : "These were all hints; solution shows one way.")
      return []
    }
    let number = exercise.hints.count > 1 ? " \(given + 1) of \(exercise.hints.count)" : ""
    for content in Presentation.prose(exercise.hints[given], behind: "Hint\(number):", .strong) {
      context.emit(content)
    }
    walk.place.progress.hints[walk.place.stepID] = given + 1
    return await walk.changesOfPlace()
  }
}

extension LessonWalk {
  /// The exercise that the learner is at.
  func openExercise() throws(CommandError) -> Lesson.Exercise {
    if let exercise = place.exercise { return exercise }
    throw CommandError(
      .notReady, place.playedFrom == nil ? "there is no exercise at this step" : "you are playing",
      help: place.playedFrom == nil ? "next goes on" : "next takes you back to the lesson")
  }
}
