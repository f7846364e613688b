import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// `help`: lists the commands, or explains one of them, a layer, a loss, an optimizer or a metric.
struct Help: Command {
  static let stage = CourseStage.learn

  static let schema = Schema(
    "help",
    summary: "Lists the commands, or explains one command, layer, loss, optimizer or metric",
    parameters: [
      Parameter("topic", .list(of: .topic), .positional, .optional, help: "What to explain")
    ],
    examples: [
      Example("help", "every command, by the step of the course"),
      Example("help load generator", "one command with its options"),
      Example("help conv2d", "a layer"),
    ])

  let topic: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    topic = try arguments.wordsIfGiven("topic")?.joined(separator: " ")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    guard let topic else {
      list(context)
      return []
    }
    let found = context.catalog.topics.filter { $0.answers(to: topic) }
    let pages = found.isEmpty ? context.catalog.topics.filter { $0.name.hasPrefix(topic + " ") } : found
    guard !pages.isEmpty else {
      let near = Spelling.nearest(to: topic, in: context.catalog.topics.flatMap { [$0.name] + $0.aliases })
      let owners = context.catalog.topics.filter { $0.parameter(topic) != nil }.map { "help \($0.name)" }
      throw CommandError(
        .unknownName, "there is no help on '\(topic)'",
        help: owners.isEmpty
          ? near.map { "did you mean 'help \($0)'?" } ?? "help lists the commands"
          : "it is an option, explained by \(owners.prefix(3).joined(separator: " and "))", parameter: "topic")
    }
    pages.forEach { HelpPage(schema: $0).contents.forEach(context.emit) }
    return []
  }

  private func list(_ context: CommandContext) {
    let width = context.catalog.commands.map { $0.schema.name.count }.max() ?? 0
    for stage in CourseStage.allCases {
      let commands = context.catalog.commands.filter { $0.stage == stage }
      if commands.isEmpty { continue }
      context.say(stage.rawValue, .heading)
      for schema in commands.map({ $0.schema }) {
        let gap = String(repeating: " ", count: width - schema.name.count + 2)
        context.emit(
          .text(
            StyledText(
              [.init("  " + schema.name, .strong), .init(gap + schema.summary)], hangingIndent: width + 4)))
      }
    }
    context.say("")
    context.say("help COMMAND explains one, with its options and examples; so does help conv2d, or help rmsprop.")
  }
}
