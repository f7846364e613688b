import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// `explain`: what a term means, with the numbers of the learner's own session where there are any.
struct Explain: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "explain",
    summary: "Explains a term, with the numbers of your session where there are any; without one, lists the terms",
    details: "Commands that it runs work on a copy of your session, which stays as it is.",
    parameters: [Parameter("concept", .list(of: .text), .positional, .optional, help: "Which term")],
    examples: [Example("explain", "every term"), Example("explain epoch", "one of them")])

  let name: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.wordsIfGiven("concept")?.joined(separator: " ")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let library = try LessonLibrary.usualOrCommandError()
    guard let name else {
      list(library, in: context)
      return []
    }
    guard let concept = library.concept(name) else {
      if let lesson = library.lessons.first(where: { $0.id == name }) {
        throw CommandError(
          .unknownName, "'\(name)' is no term but a lesson", help: "lesson \(lesson.id) begins it",
          parameter: "concept")
      }
      throw CommandError(
        .unknownName, "there is no term '\(name)'",
        help: library.nearestConcept(to: name).map { "did you mean '\($0)'?" } ?? "explain lists the terms",
        parameter: "concept")
    }
    let mistakes = concept.program.flatMap { context.catalog.mistakes(in: $0.source) }
    for mistake in mistakes { context.emit(.error(mistake)) }
    guard mistakes.isEmpty else { throw CommandError(.file, "the explanation of '\(name)' has mistakes") }
    var state = context.state.applying(.removePart(LessonPlace.self))
    var replay = Replay(concept)
    while let action = replay.next(in: state) {
      switch action {
      case .show(let contents): for content in contents { context.emit(content) }
      // What it claims is proven by check; in other sessions it may be no more than usual.
      case .report: break
      case .run(let source):
        context.emit(Presentation.code(source))
        context.say("")
        let (next, ok) = await context.run(source, from: state)
        guard ok else {
          throw CommandError(
            context.interruption.isRequested ? .interrupted : .notReady, "the explanation stops here")
        }
        state = next
      }
    }
    return []
  }

  private func list(_ library: LessonLibrary, in context: CommandContext) {
    context.emit(
      .table(
        Table(
          title: "Terms", columns: [.init("name"), .init("is about"), .init("also")],
          rows: library.concepts.map { [$0.id, $0.title, $0.head.also.joined(separator: ", ")] })))
    context.say("explain NAME explains one.", .faint)
  }
}
