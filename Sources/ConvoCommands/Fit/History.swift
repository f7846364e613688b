import ConvoKerasProgram
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
    summary: "Shows loss and metrics of every epoch so far",
    details: """
      loss and the metrics are of an epoch in which the weights changed all the time; val_loss and the metrics \
      that begin with val_ were measured at its end, on images that the model does not learn from.
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
    let reports = history.map { EpochReport($0, lastEpoch: $0.epoch) }
    let names = Self.names(in: reports)
    let changesRate = Set(reports.map(\.learningRate)).count > 1
    let rows = reports.map { report in
      let values = Dictionary(uniqueKeysWithValues: report.measured.map { ($0.name, $0.value) })
      return [String(report.epoch)] + names.map { values[$0].map { NumberText.metric($0) } ?? "" }
        + (changesRate ? [NumberText.short(report.learningRate)] : []) + [NumberText.fixed(report.seconds, 1)]
    }
    context.emit(
      .table(
        Table(
          title: "History of \(trained.model.name)",
          columns: (["epoch"] + names + (changesRate ? ["learning_rate"] : []) + ["seconds"]).map { .init($0, .right) },
          rows: rows)))
    return []
  }

  /// All that was measured in any of the epochs: the model may have been compiled anew between them.
  private static func names(in reports: [EpochReport]) -> [String] {
    let all = reports.flatMap { $0.measured.map(\.name) }
    let distinct = all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
    return distinct.filter { !$0.hasPrefix("val_") } + distinct.filter { $0.hasPrefix("val_") }
  }
}

extension History: KerasWriting {
  /// What the last fit measured.
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModelName, let history = program.history(of: model) else { return }
    program.write(["print(\(history).history)"])
  }
}
