import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoSchema

/// `use`: makes another model the active one.
struct Use: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "use",
    summary: "Makes another model the one that add, compile and fit speak of",
    parameters: [
      Parameter("model", .name(of: .model), .positional, .required, help: "The model's name")
    ],
    examples: [
      Example(
        "use first", "goes back to the first model",
        after: ["new model first input=8x8x3", "new model second input=4x4x3"])
    ])

  let name: String

  init(_ arguments: Arguments) throws(ArgumentError) {
    name = try arguments.text("model")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    guard context.state.model(named: name) != nil else {
      let names = context.state.models.map(\.model.name)
      let near = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      throw CommandError(
        .unknownName, "there is no model '\(name)'", help: near ?? "models lists them", parameter: "model")
    }
    return [.useModel(name)]
  }
}
