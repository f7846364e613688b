public import ConvoKernel
import ConvoLanguage
import ConvoSchema

/// The commands with which one learns from lessons, in every face.
public enum LessonCommands {
  public static let all: [any Command.Type] = [
    Lessons.self, OpenLesson.self, Next.self, Back.self, AnswerQuestion.self, Hint.self, Solution.self, Skip.self,
    Review.self, ListSteps.self, Play.self, Leave.self, Explain.self, Check.self,
  ]

  /// What an entry that is no command stands for in a lesson: an empty one for `next`, a number for an answer to the
  /// open question; `nil` where it stands for nothing.
  @Sendable public static func shorthand(_ entry: String, in state: SessionState) -> String? {
    guard let place = state.part(LessonPlace.self) else { return nil }
    // Who plays has not asked for the lesson to go on.
    if entry.isEmpty { return place.playedFrom == nil ? "next" : nil }
    guard place.question != nil, let number = Int(entry) else { return nil }
    return "answer \(number)"
  }

  /// The commands of a cell that are none of these: what the learner does to the session.
  static func own(in source: SourceText) -> [SourceText] {
    let names = Set(all.map { $0.schema.name })
    let program = Parser.parse(source)
    guard program.diagnostics.isEmpty else { return [] }
    return program.commands.filter { !names.contains($0.verb.content) }.map { source.slice($0.span) }
  }
}
