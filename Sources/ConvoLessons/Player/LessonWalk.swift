import ConvoKernel
import ConvoLanguage
import ConvoOutput

/// A move of the learner through a lesson: changes the place and the session, shows what is new, and saves.
struct LessonWalk {
  let context: CommandContext
  var place: LessonPlace
  var state: SessionState

  /// - Throws: where no lesson is open.
  init(in context: CommandContext) throws(CommandError) {
    guard let place = context.state.part(LessonPlace.self) else {
      throw CommandError(.notReady, "no lesson is open", help: "lessons lists them, lesson NAME begins one")
    }
    self.init(context, place, context.state)
  }

  init(_ context: CommandContext, _ place: LessonPlace, _ state: SessionState) {
    self.context = context
    self.place = place
    self.state = state
  }

  /// What the move changes in the session; the progress is saved.
  func changes() async -> [SessionChange] {
    await save()
    return unsavedChanges
  }

  var unsavedChanges: [SessionChange] { [.replaceState(state), .setPart(place)] }

  /// As `changes`, where the session itself stays as it is.
  func changesOfPlace() async -> [SessionChange] {
    await save()
    return [.setPart(place)]
  }

  private func save() async {
    guard let file = ProgressFile(lesson: place.lesson.id) else { return }
    do {
      try await context.onOwnThread { [progress = place.progress] in try file.save(progress) }
    } catch {
      context.say((error as? CommandError)?.message ?? "\(error)", .warning)
    }
  }

  // MARK: Moving

  /// Goes to the next stop and shows what stands there.
  mutating func goOn() {
    place.arrive(at: place.lesson.stop(from: place.stop + 1, in: state), in: state)
    context.say("")
    showPage()
  }

  /// Runs commands of the lesson. Where they fail, the session stays as it was.
  ///
  /// - Parameter isShown: whether what they say is shown, and not only their errors.
  mutating func run(_ source: SourceText, isShown: Bool = true) async throws(CommandError) {
    let next: SessionState
    let ok: Bool
    if isShown {
      (next, ok) = await context.run(source, from: state)
    } else {
      let outcome = await context.runUnseen(source, from: state)
      (next, ok) = (outcome.state, outcome.ok)
      for mistake in outcome.mistakes { context.emit(.error(mistake)) }
    }
    guard ok else {
      let isInterrupted = context.interruption.isRequested
      throw CommandError(
        isInterrupted ? .interrupted : .notReady,
        isInterrupted ? "interrupted; the lesson stays at this step" : "these commands of the lesson failed",
        help: "next runs them again; back goes a step back, to the session as it was there")
    }
    state = next
    place.note(source.text, isOwn: false)
  }

  // MARK: Showing

  /// What is to be read before the current stop, and the stop itself.
  func showPage() {
    let prose = place.lesson.prose(before: place.stop, in: state)
    for content in prose { context.emit(content) }
    if !prose.isEmpty { context.say("") }
    showStop()
  }

  func showStop() {
    switch place.step {
    case .cell(let cell)?:
      context.emit(Presentation.code(cell.source))
      context.say("Enter or next runs this.", .faint)
    case .question(let question)?:
      for content in Presentation.question(question) { context.emit(content) }
      context.say("Type the number of your guess.", .faint)
    case .exercise(let exercise)?:
      for content in Presentation.task(exercise) { context.emit(content) }
      context.say("hint helps, next looks at what you have, skip does it for you.", .faint)
    case .prose?, nil: showEnd()
    }
  }

  private func showEnd() {
    context.say("That was “\(place.lesson.title)”.", .heading)
    let answers = place.progress.answers.values
    if !answers.isEmpty {
      let right = answers.count { $0.isRight }
      context.say(
        "\(right) of \(answers.count) question\(answers.count == 1 ? "" : "s") answered right"
          + (right < answers.count ? "; review asks the others again." : "."))
    }
    context.say("leave brings your own session back, lessons lists what else there is.", .faint)
  }

  /// What is still missing in an exercise, check by check.
  func showChecks(of exercise: Lesson.Exercise) {
    for check in exercise.checks {
      let gap = check.gap(in: state)
      context.emit(
        .text(
          StyledText(
            [
              .init(gap == nil ? "  ✓ " : "  ✗ ", gap == nil ? .success : .warning),
              .init(gap ?? check.text, gap == nil ? .code : .plain),
            ], hangingIndent: 4)))
    }
  }

  /// Notes that the exercise is solved, and says so.
  mutating func solve(_ exercise: Lesson.Exercise) {
    place.progress.solved.insert(place.stepID)
    context.say("✓ That's it.", .success)
    for content in exercise.after.map({ Presentation.prose($0) }) ?? [] { context.emit(content) }
    context.say("Enter or next goes on.", .faint)
  }
}
