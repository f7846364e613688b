import ConvoLanguage
import ConvoOutput
import ConvoSchema

@testable import ConvoKernel

/// Commands that try out every kind of parameter, without data or models.
enum Toys {
  static let catalog = CommandCatalog([Bake.self, MakeTea.self, Wait.self, Fail.self])

  static func session() -> Session {
    Session(catalog: catalog, state: SessionState(settings: Settings(threads: 1)))
  }

  /// The events of one cell.
  static func run(_ text: String, in session: Session) async -> [OutputEvent.Content] {
    var contents: [OutputEvent.Content] = []
    for await event in await session.execute(SourceText(text)) { contents.append(event.content) }
    return contents
  }

  /// What the cell said, its errors as they are shown, and whether it succeeded: enough to compare in one line.
  static func outcome(_ text: String, in session: Session = session()) async -> [String] {
    await run(text, in: session).compactMap { content in
      switch content {
      case .text(let text): text.plain
      case .error(let diagnostic): "\(diagnostic.diagnostic.message) (\(diagnostic.diagnostic.help))"
      case .ended(let ok, _): ok ? "ok" : "failed"
      case .began, .table, .chart, .image, .dataset, .summary, .progress, .batch, .epoch, .evaluation, .prediction: nil
      }
    }
  }
}

/// Says its arguments.
struct Bake: Command {
  static let stage = CourseStage.model
  static let cake = Schema(
    "cake", aliases: ["Cake"], summary: "Sweet",
    parameters: [
      Parameter("layers", .integer(1...9), .positional, .required, help: "How many layers"),
      Parameter("tin", .size(sides: 2...2), .positional, .defaults(to: .size([20, 30])), help: "The tin"),
      Parameter(
        "icing", .choice(["none", "lemon", "chocolate"]), .named, .defaults(to: .text("lemon")), help: "On top"),
    ])
  static let bread = Schema(
    "bread", summary: "Plain",
    parameters: [Parameter("salt", .number(.fraction), .named, .defaults(to: .number(0.02)), help: "How much")])
  static let schema = Schema(
    "bake", summary: "Bakes",
    parameters: [
      Parameter("what", .oneOf([cake, bread]), .positional, .required, help: "What to bake"),
      Parameter(
        "oven", .oneOf([Schema("hot", summary: ""), Schema("cold", summary: "")]), .named, .defaults(to: .text("hot")),
        help: ""),
      Parameter("heat", .either([.number(.fraction), .range(.nonNegative)]), .named, .optional, help: "How hot"),
      Parameter("times", .list(of: .integer(0...99)), .named, .defaults(to: .list([])), help: "When to look"),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) throws(ArgumentError) {
    self.arguments = arguments
    if try arguments.choice("what")?.integerIfGiven("layers") == 9 {
      throw ArgumentError(parameter: "layers", problem: "nine layers fall over", help: "eight stand")
    }
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let what = arguments.choice("what")
    let parts = ["layers", "tin", "icing", "salt"].compactMap { name in what?.value(name).map { "\(name)=\($0)" } }
    context.say(
      ([what?.name ?? "?"] + parts + (arguments.value("heat").map { ["heat=\($0)"] } ?? []) + [
        "oven=\(arguments.choice("oven")?.name ?? "?")", "times=\(arguments.value("times") ?? .none)",
      ])
      .joined(separator: " "))
    return []
  }
}

struct MakeTea: Command {
  static let stage = CourseStage.model
  static let schema = Schema(
    "make tea", summary: "Makes tea",
    parameters: [
      Parameter("who", .newName, .positional, .required, help: "For whom"),
      Parameter("pot", .path(.any), .after("from"), .required, help: "The pot"),
      Parameter("notes", .list(of: .text), .positional, .optional, help: "What else"),
      Parameter("sugar", .optional(.boolean), .named, .defaults(to: .none), help: "Whether sweet"),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) throws(ArgumentError) {
    self.arguments = arguments
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    context.say(
      "\(arguments.value("who") ?? .none) \(arguments.value("pot") ?? .none) \(arguments.value("notes") ?? .none) \(arguments.value("sugar") ?? .none)"
    )
    return []
  }
}

/// Blocks a thread of its own until it is interrupted.
struct Wait: Command {
  static let stage = CourseStage.fit
  static let schema = Schema("wait", summary: "Waits")

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    context.say("waiting")
    try await context.onOwnThread {
      while !context.interruption.isRequested {}
    }
    return [.setSettings(Settings(seed: 99, threads: 1))]
  }
}

struct Fail: Command {
  static let stage = CourseStage.fit
  static let schema = Schema(
    "fail", summary: "Fails", parameters: [Parameter("at", .integer(0...9), .named, .optional, help: "")])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    throw CommandError(.data, "no luck", help: "try again", parameter: "at")
  }
}
