import ConvoLanguage
import ConvoOutput
import ConvoSchema
import Testing

@testable import ConvoKernel

/// Commands that run commands, and those who look on.
@Suite struct NestingTests {
  private static let catalog = CommandCatalog([Nest.self, SetSeed.self, Fail.self, Wait.self])

  private static func session(observer: (any CellObserver)? = nil) -> Session {
    Session(catalog: catalog, state: SessionState(settings: Settings(threads: 1)), observer: observer)
  }

  @Test func commandsRunInsideOnAStateOfTheirOwn() async {
    let session = Self.session()
    #expect(await Toys.outcome("nest \"set seed 3; set seed 4\"", in: session) == ["seed 3", "seed 4", "true 4", "ok"])
    #expect(await session.state.settings.seed == 0)
    #expect(await Toys.outcome("nest \"set seed 5\" keep=true", in: session) == ["seed 5", "true 5", "ok"])
    #expect(await session.state.settings.seed == 5)
  }

  @Test func whatWasReachedBeforeAFailureInsideIsHandedBack() async {
    let session = Self.session()
    #expect(
      await Toys.outcome("nest \"set seed 3; fail; set seed 4\"", in: session) == [
        "seed 3", "no luck (try again)", "false 3", "ok",
      ])
    #expect(await Toys.outcome("nest \"set sed 3\"", in: session).contains("false 0"))
  }

  @Test(.timeLimit(.minutes(1))) func anInterruptReachesTheInside() async {
    let session = Self.session()
    var said: [String] = []
    for await event in await session.execute(SourceText("nest wait")) {
      guard case .text(let text) = event.content else { continue }
      said.append(text.plain)
      session.interrupt()
    }
    #expect(said == ["waiting", "false 99"])
  }

  @Test func observersSeeEachCellAndMayChangeTheSession() async {
    let session = Self.session(observer: Onlooker())
    #expect(await Toys.outcome("set seed 3", in: session) == ["seed 3", "looked true 3", "ok"])
    #expect(await Toys.outcome("fail", in: session) == ["no luck (try again)", "looked false 3", "failed"])
    #expect(await session.state.part(Looks.self)?.count == 2)
    #expect(await Toys.outcome("set seed 1", in: session.fork()) == ["seed 1", "ok"])
  }

  @Test func resultsOfACommandAreReplacedTogether() throws {
    var state = SessionState(settings: Settings(threads: 1))
    state = state.applying(.setResults(of: "evaluation", ["loss": .number(1), "accuracy": .number(0.5)]))
    state = state.applying(.setResults(of: "evaluations", ["loss": .number(3)]))
    state = state.applying(.setResults(of: "evaluation", ["loss": .number(2)]))
    #expect(try state.value(of: Expression("evaluation.loss + evaluations.loss")) == .number(5))
    #expect(throws: ExpressionError.self) { try state.value(of: Expression("evaluation.accuracy")) }
  }

  @Test(arguments: [
    ("parameters", "there is no model yet"),
    ("images(train)", "there is no generator 'train'"),
    ("images", "images( ) wants a generator between its parentheses"),
    ("val_loss", "val_loss has not been measured yet"),
    ("evaluation.loss", "evaluation.loss has not been measured yet"),
    ("small.parameters", "there is no model 'small'"),
    ("paramters", "nothing here is called 'paramters'"),
    ("qqq", "nothing here is called 'qqq'"),
  ])
  func anEmptySessionSaysWhatIsMissing(text: String, message: String) {
    let state = SessionState(settings: Settings(threads: 1))
    do throws(ExpressionError) {
      _ = try state.value(of: Expression(text))
      Issue.record("\(text) has a value")
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func anEmptySessionKnowsWhatItLacks() throws {
    let state = SessionState(settings: Settings(seed: 8, threads: 1))
    #expect(try state.holds(Expression("not has_model and not has_model(small) and not has_generator(train)")))
    #expect(try state.holds(Expression("epochs == 0 and not is_compiled and seed == 8")))
    #expect(throws: ExpressionError.self) { try state.holds(Expression("seed")) }
  }
}

/// Runs commands, and says how they ended and the seed that they led to.
private struct Nest: Command {
  static let stage = CourseStage.learn
  static let schema = Schema(
    "nest", summary: "Runs commands",
    parameters: [
      Parameter("commands", .text, .positional, .required, help: "Which"),
      Parameter("keep", .boolean, .named, .defaults(to: .boolean(false)), help: "Whether their state becomes ours"),
    ])
  let commands: String
  let keep: Bool

  init(_ arguments: Arguments) throws(ArgumentError) {
    commands = try arguments.text("commands")
    keep = try arguments.boolean("keep")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let (state, ok) = await context.run(SourceText(commands), from: context.state)
    context.say("\(ok) \(state.settings.seed)")
    return keep ? [.replaceState(state)] : []
  }
}

private struct SetSeed: Command {
  static let stage = CourseStage.notebook
  static let schema = Schema(
    "set seed", summary: "Sets the seed",
    parameters: [Parameter("to", .integer(0...9), .positional, .required, help: "")]
  )
  let seed: Int

  init(_ arguments: Arguments) throws(ArgumentError) {
    seed = try arguments.integer("to")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    context.say("seed \(seed)")
    return [.setSettings(Settings(seed: UInt64(seed), threads: 1))]
  }
}

private struct Looks: SessionPart {
  var count = 0
}

private struct Onlooker: CellObserver {
  func cellEnded(_ source: SourceText, ok: Bool, in context: CommandContext) async -> [SessionChange] {
    context.say("looked \(ok) \(context.state.settings.seed)")
    return [.setPart(Looks(count: (context.state.part(Looks.self)?.count ?? 0) + 1))]
  }
}
