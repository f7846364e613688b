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
    details: """
      Models that have trained stand in a second table: how long an epoch took, on average, and what their last epoch \
      came to.
      """,
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
    if let table = Self.results(of: context.state.models) { context.emit(.table(table)) }
    return []
  }

  /// What training has come to, model by model; `nil` where none has trained.
  private static func results(of models: [TrainedModel]) -> Table? {
    let trained = models.filter { !($0.learned?.history.isEmpty ?? true) }
    guard !trained.isEmpty else { return nil }
    let results = trained.map { Self.lastResults(of: $0) }
    let names = ["loss", "accuracy", "val_loss", "val_accuracy"]
      .filter { name in results.contains { $0[name] != nil } }
    let rows = zip(trained, results).map { model, results in
      [
        model.model.name, NumberText.grouped(model.model.parameterCount),
        model.learned?.secondsPerEpoch.map { NumberText.fixed($0, 2) } ?? "",
      ] + names.map { results[$0].map { NumberText.metric($0) } ?? "" }
    }
    return Table(
      title: "After their last epoch",
      columns: [.init("name"), .init("parameters", .right), .init("seconds an epoch", .right)]
        + names.map { .init($0, .right) }, rows: rows)
  }

  /// What a model's last epoch measured, by name.
  private static func lastResults(of model: TrainedModel) -> [String: Double] {
    guard let last = model.learned?.history.last else { return [:] }
    let measured = EpochReport(last, lastEpoch: last.epoch).measured
    return Dictionary(measured.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
