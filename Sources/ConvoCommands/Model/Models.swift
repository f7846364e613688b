import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `models`: lists the models of the session.
struct Models: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "models",
    summary: "Lists the models of the session; the active one is marked",
    examples: [Example("models", "every model", after: ["new model input=8x8x3"])])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    guard !context.state.models.isEmpty else {
      context.say("There is no model yet; begin one with: new model input=300x300x3")
      return []
    }
    let rows = context.state.models.map { trained in
      [
        trained.model.name == context.state.activeModelName ? "→" : "", trained.model.name,
        trained.model.inputShape.description, String(trained.model.layers.count),
        NumberText.grouped(trained.model.parameterCount), trained.model.compiled?.loss.kind.rawValue ?? "not compiled",
        String(trained.learned?.history.count ?? 0),
      ]
    }
    context.emit(
      .table(
        Table(
          title: "Models",
          columns: [
            .init(""), .init("name"), .init("input"), .init("layers", .right), .init("parameters", .right),
            .init("loss"), .init("epochs", .right),
          ], rows: rows)))
    return []
  }
}
