public import ConvoKernel
public import ConvoLanguage
import ConvoOutput

/// Looks at what the learner does in a lesson: notes their commands, and judges the exercise that they work at.
public struct LessonObserver: CellObserver {
  public init() {}

  public func cellEnded(_ source: SourceText, ok: Bool, in context: CommandContext) async -> [SessionChange] {
    guard var walk = try? LessonWalk(in: context), walk.place.playedFrom == nil else { return [] }
    let own = LessonCommands.own(in: source)
    // What was interrupted would not be interrupted when it is run again.
    guard !own.isEmpty, !context.interruption.isRequested else { return [] }
    for command in own { walk.place.note(command.text, isOwn: true) }
    if let exercise = walk.place.exercise, ok, !walk.place.isSolved {
      let gaps = exercise.gaps(in: context.state)
      if gaps.isEmpty { walk.solve(exercise) }
      // Who only looks around has been told.
      if let first = gaps.first, gaps != walk.place.gaps {
        context.say("· \(first)" + (gaps.count > 1 ? " (and \(gaps.count - 1) more: next)" : ""), .faint)
      }
      walk.place.gaps = gaps
    }
    return await walk.changesOfPlace()
  }
}
