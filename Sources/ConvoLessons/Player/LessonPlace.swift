import ConvoKernel

/// Where a learner is in a lesson: a value in the session, which faces know nothing of.
struct LessonPlace: SessionPart {
  let lesson: Lesson
  let stepIDs: [String]
  /// The session as it was before the lesson.
  var outside: SessionState
  /// The step at which the learner is; behind the last at the end.
  var stop: Int
  /// The session as it was when each step was reached.
  var arrivals: [Int: SessionState] = [:]
  var progress: LessonProgress
  /// The session as it was when the learner began to play.
  var playedFrom: SessionState?
  /// The questions that are still to be asked again, the open one first.
  var review: [Int] = []
  /// What the learner was last told is missing in the exercise.
  var gaps: [String] = []
  /// Whether the solution was asked for while there were hints left.
  var wantsSolution = false

  init(_ lesson: Lesson, outside: SessionState, stop: Int, progress: LessonProgress) {
    self.lesson = lesson
    self.outside = outside
    self.stop = stop
    self.progress = progress
    stepIDs = lesson.stepIDs
  }

  var isAtEnd: Bool { stop >= lesson.steps.count }

  /// The current step; `nil` at the end.
  var step: Lesson.Step? { isAtEnd ? nil : lesson.steps[stop] }

  var stepID: String { isAtEnd ? "end" : stepIDs[stop] }

  /// The exercise that the learner is at; `nil` where they are at something else, or play.
  var exercise: Lesson.Exercise? {
    guard playedFrom == nil, review.isEmpty, case .exercise(let exercise)? = step else { return nil }
    return exercise
  }

  /// The question that can be answered, and its step.
  var question: (question: Lesson.Question, index: Int)? {
    guard playedFrom == nil else { return nil }
    let index = review.first ?? stop
    guard index < lesson.steps.count, case .question(let question) = lesson.steps[index] else { return nil }
    return (question, index)
  }

  var isAnswered: Bool { progress.answers[stepID] != nil }

  var isSolved: Bool { progress.solved.contains(stepID) }

  /// The steps of the questions that were answered wrong.
  var wrong: [Int] {
    lesson.steps.indices.filter { progress.answers[stepIDs[$0]]?.isRight == false }
  }

  /// Notes commands that were run at the current step.
  mutating func note(_ commands: String, isOwn: Bool) {
    progress.runs.append(LessonProgress.Run(step: stepID, commands: commands, isOwn: isOwn))
  }

  /// Moves to a step that is reached in a session.
  mutating func arrive(at stop: Int, in state: SessionState) {
    self.stop = stop
    arrivals[stop] = state.applying(.removePart(LessonPlace.self))
    wantsSolution = false
    gaps = exercise?.gaps(in: state) ?? []
    (progress.step, progress.index) = (stepID, stop)
    if isAtEnd { progress.isDone = true }
  }

  /// Moves back to a step that was reached before, and forgets what was done from there on.
  ///
  /// - Returns: the session as it was then; `nil` where the step was never reached.
  mutating func goBack(to stop: Int) -> SessionState? {
    guard let state = arrivals[stop] else { return nil }
    let later = Set(stepIDs[stop...])
    progress.runs.removeAll { later.contains($0.step) || $0.step == "end" }
    progress.solved.subtract(later)
    progress.skipped.subtract(later)
    arrive(at: stop, in: state)
    return state
  }
}
