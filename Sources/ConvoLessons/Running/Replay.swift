public import ConvoKernel
public import ConvoLanguage
public import ConvoOutput

/// A lesson from first to last without a learner: what is to be shown and run, in order, and whatever turns out false
/// on the way. Questions are answered, exercises solved.
///
/// A question is judged when the next cell or solution behind it has run, for then its outcome is known; where none
/// comes, at the lesson's end. An exercise must not be solved where it stands, and must be with its solution.
public struct Replay {
  public enum Action: Sendable {
    case show([OutputEvent.Content])
    /// To be run before the next action is asked for. Where it fails, the replay is over.
    case run(SourceText)
    /// A claim or a check that is false.
    case report(LocatedDiagnostic)
  }

  private enum Item {
    case step(Int)
    case action(Action)
    case claim(Lesson.Claim)
    /// The exercise before its solution has run, and after it.
    case untouched(Lesson.Exercise)
    case solved(Lesson.Exercise)
    case questions
  }

  private let lesson: Lesson
  private let isSmall: Bool
  /// What is left, the next at the end.
  private var items: [Item]
  private var open: [Lesson.Question] = []
  /// How many steps were begun.
  public private(set) var stepsBegun = 0

  /// - Parameter isSmall: whether pictures are small, so that claims about the full size are left out.
  public init(_ lesson: Lesson, isSmall: Bool = false) {
    self.lesson = lesson
    self.isSmall = isSmall
    items = (lesson.steps.indices.map { .step($0) } + [.questions]).reversed()
  }

  /// What comes next; `nil` at the end.
  ///
  /// - Parameter state: the session after all that was run so far.
  public mutating func next(in state: SessionState) -> Action? {
    while let item = items.popLast() {
      switch item {
      case .action(let action): return action
      case .step(let index): begin(index, in: state)
      case .claim(let claim):
        if let failure = claim.statement.failure(as: "claim", in: state) { return .report(failure) }
      case .untouched(let exercise):
        guard exercise.checks.allSatisfy({ $0.verdict(in: state) == .holds }), let check = exercise.checks.first else {
          continue
        }
        return .report(
          check.located(
            "this exercise is solved before anyone has done anything",
            help: "ask for something that is not there yet, or add a check"))
      case .solved(let exercise):
        push(exercise.checks.compactMap { $0.failure(as: "check", in: state) }.map { .action(.report($0)) })
      case .questions:
        for question in open {
          let failures = question.checks.compactMap { $0.failure(as: "check of answer \(question.answer)", in: state) }
          push(failures.map { .action(.report($0)) })
        }
        open = []
      }
    }
    return nil
  }

  private mutating func begin(_ index: Int, in state: SessionState) {
    stepsBegun = index + 1
    switch lesson.steps[index] {
    case .prose(let prose):
      let claims = prose.claims.filter { !(isSmall && $0.isOnlyFull) }
      push(shown(prose.contents, at: index) + claims.map { .claim($0) })
    case .cell(let cell):
      if cell.isRun(in: state) { push([.action(.run(cell.source)), .questions]) }
    case .question(let question):
      open.append(question)
      let answer = question.answer
      let reply = Presentation.reply(answer, to: question)
      push(shown(Presentation.question(question) + [.text(StyledText("→ \(answer)", .strong))] + reply, at: index))
    case .exercise(let exercise):
      var all: [Item] = shown(Presentation.task(exercise), at: index) + [.untouched(exercise)]
      all += exercise.solution.map { .action(.run($0)) } + [.solved(exercise), .questions]
      if let after = exercise.after { all += shown(Presentation.prose(after), at: index, isBehindCommands: true) }
      push(all)
    }
  }

  /// With a blank line in front, and one behind where commands follow.
  private func shown(_ contents: [OutputEvent.Content], at index: Int, isBehindCommands: Bool = false) -> [Item] {
    guard !contents.isEmpty else { return [] }
    var isBeforeCommands = false
    if case .exercise = lesson.steps[index], !isBehindCommands {
      isBeforeCommands = true
    } else if index + 1 < lesson.steps.count, case .cell = lesson.steps[index + 1] {
      isBeforeCommands = true
    }
    let blank: [OutputEvent.Content] = [.text("")]
    return [.action(.show((index > 0 ? blank : []) + contents + (isBeforeCommands ? blank : [])))]
  }

  private mutating func push(_ next: [Item]) {
    items += next.reversed()
  }
}
