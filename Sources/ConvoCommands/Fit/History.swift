import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `history`: shows what each epoch came to.
struct History: Command {
  static let stage = CourseStage.fit

  static let schema = Schema(
    "history",
    summary: "Shows loss and accuracy of every epoch so far",
    details: """
      loss and accuracy are averages over an epoch in which the weights changed all the time; val_loss and \
      val_accuracy were measured at its end, on images that the model does not learn from.
      """,
    examples: [Example("history", "every epoch of the active model", after: ExampleSetUp.trainedModel)],
    keras: "history.history")

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    guard let history = trained.learned?.history, !history.isEmpty else {
      context.say("\(trained.model.name) has finished no epoch yet")
      return []
    }
    let columns: [(title: String, cell: (EpochRecord) -> String?)] = [
      ("epoch", { String($0.epoch) }),
      ("loss", { NumberText.metric($0.loss) }), ("accuracy", { $0.accuracy.map { NumberText.metric($0) } }),
      ("val_loss", { $0.valLoss.map { NumberText.metric($0) } }),
      ("val_accuracy", { $0.valAccuracy.map { NumberText.metric($0) } }),
      ("seconds", { NumberText.fixed($0.seconds, 1) }),
    ]
    let shown = columns.filter { column in history.contains { column.cell($0) != nil } }
    context.emit(
      .table(
        Table(
          title: "History of \(trained.model.name)", columns: shown.map { .init($0.title, .right) },
          rows: history.map { record in shown.map { $0.cell(record) ?? "" } })))
    return []
  }
}
