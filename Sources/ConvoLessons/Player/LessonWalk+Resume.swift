import ConvoKernel
import ConvoLanguage
import ConvoOutput

extension LessonWalk {
  /// Brings a learner back to where they were: what was run then is run again, unseen.
  ///
  /// In a lesson that was edited since, steps that are new are run as the lesson has them, and the learner comes to the
  /// step that they were at, or to the one in its place.
  ///
  /// - Returns: `false` where commands of the lesson failed, and the learner is at the step where they did.
  /// - Throws: where it is interrupted.
  mutating func resume(_ saved: LessonProgress) async throws(CommandError) -> Bool {
    let isEdited = saved.hash != place.lesson.hash
    let ids = place.stepIDs
    let target = ids.firstIndex(of: saved.step) ?? min(saved.index, ids.count)
    if isEdited {
      context.say(
        "This lesson was edited since you were here. "
          + (ids.contains(saved.step)
            ? "Your step is still there." : "Your step is gone; here is the one in its place."),
        .warning)
    }
    takeOver(saved)
    let begin = ContinuousClock.now
    for index in 0..<target where place.lesson.isStop(index, in: state) {
      place.arrive(at: index, in: state)
      context.emit(
        .progress(
          Progress(
            title: "bringing your session back", done: index, total: target,
            seconds: begin.duration(to: .now) / .seconds(1))))
      guard try await redo(saved.runs.filter { $0.step == ids[index] }, index) else { return false }
    }
    place.arrive(at: place.lesson.stop(from: target, in: state), in: state)
    var isBack = true
    if place.stop == target, target < ids.count {
      isBack = try await redo(saved.runs.filter { $0.step == ids[target] }, nil)
      place.gaps = place.exercise?.gaps(in: state) ?? []
    }
    context.say(
      "You were at step \(min(place.lesson.number(of: place.stop), place.lesson.stopCount)) of \(place.lesson.stopCount).",
      .faint)
    context.say("")
    return isBack
  }

  /// The answers and marks of the steps that there still are.
  private mutating func takeOver(_ saved: LessonProgress) {
    let ids = Set(place.stepIDs)
    place.progress.answers = saved.answers.filter { step, answer in
      guard let index = place.stepIDs.firstIndex(of: step), case .question(let question) = place.lesson.steps[index]
      else { return false }
      return answer.choice <= question.choices.count
    }
    place.progress.solved = saved.solved.intersection(ids)
    place.progress.skipped = saved.skipped.intersection(ids)
    place.progress.hints = saved.hints.filter { ids.contains($0.key) }
  }

  /// Runs what was run at a step, or what the lesson has there where nothing is known of it.
  ///
  /// - Parameter index: the step; `nil` for the one that the learner is at, which may well be half done.
  /// - Returns: `false` where commands of the lesson failed, so that the learner has to stay here.
  private mutating func redo(
    _ runs: [LessonProgress.Run], _ index: Int?
  ) async throws(CommandError) -> Bool {
    for run in runs {
      let outcome = await context.runUnseen(SourceText(run.commands), from: state)
      try refuseInterruption()
      // What the learner typed may have failed then, too.
      guard outcome.ok || run.isOwn else { return stay(outcome.mistakes) }
      state = outcome.state
      place.note(run.commands, isOwn: run.isOwn)
    }
    guard let index, !runs.contains(where: { !$0.isOwn }) else { return true }
    switch place.lesson.steps[index] {
    case .prose, .question: return true
    case .cell(let cell): return try await redo([cell.source])
    case .exercise(let exercise): return runs.isEmpty ? try await redo(exercise.solution) : true
    }
  }

  private mutating func redo(_ sources: [SourceText]) async throws(CommandError) -> Bool {
    for source in sources {
      let outcome = await context.runUnseen(source, from: state)
      try refuseInterruption()
      guard outcome.ok else { return stay(outcome.mistakes) }
      state = outcome.state
      place.note(source.text, isOwn: false)
    }
    return true
  }

  private func refuseInterruption() throws(CommandError) {
    guard context.interruption.isRequested else { return }
    throw CommandError(
      .interrupted, "interrupted; the lesson is not open",
      help: "lesson \(place.lesson.id) tries again; what is saved stays")
  }

  private func stay(_ mistakes: [LocatedDiagnostic]) -> Bool {
    for mistake in mistakes { context.emit(.error(mistake)) }
    context.say("This does not run any more, so the lesson goes on from here.", .warning)
    context.say("")
    return false
  }
}
