import ConvoFigures
import ConvoImages
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `plot history`: draws what the epochs came to.
struct PlotHistory: Command {
  static let stage = CourseStage.look

  static let schema = Schema(
    "plot history",
    summary: "Draws loss and metrics of every epoch, training and validation",
    details: """
      Training values are averages over an epoch in which the weights changed all the time; validation values were \
      measured at its end. A gap between the two lines that widens is overfitting.
      """,
    parameters: [
      Parameter(
        "save", .path(.file), .named, .optional,
        help: "A PNG file to draw it into as well; one that is there is replaced"
      )
    ],
    examples: [
      Example("plot history", "the active model's epochs", after: ExampleSetUp.trainedModel),
      Example("plot history save=history.png", "as a picture as well", after: ExampleSetUp.trainedModel),
    ],
    keras: "matplotlib.pyplot.plot(history.history['loss'])")

  let save: String?

  init(_ arguments: Arguments) throws(ArgumentError) {
    save = try arguments.textIfGiven("save")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let target = try save.map { path throws(CommandError) in try SaveTarget(path) }
    let trained = try context.activeModel()
    guard let history = trained.learned?.history, !history.isEmpty else {
      throw CommandError(
        .notReady, "\(trained.model.name) has finished no epoch yet, so there is nothing to draw",
        help: "train it first: fit GENERATOR")
    }
    let chart = Chart(history, title: "History of \(trained.model.name)")
    context.emit(.chart(chart))
    if let target {
      try await context.onOwnThread {
        try target.write(ChartPicture(chart).drawn())
        context.say("saved as \(FileNameText.oneLine(target.path))")
      }
    }
    return []
  }
}

extension Chart {
  /// A panel for the loss and one for each metric, each with training and validation.
  init(_ history: [EpochRecord], title: String) {
    let measured = history.map { (epoch: Double($0.epoch), values: $0.measured) }
    func points(_ name: String) -> [Point] {
      measured.compactMap { epoch, values in values.first { $0.name == name }.map { Point(epoch, $0.value) } }
    }
    let names = measured.flatMap { $0.values.map(\.name) }.filter { !$0.hasPrefix("val_") }
    let distinct = names.enumerated().filter { !names[..<$0.offset].contains($0.element) }.map(\.element)
    self.init(
      title: title, horizontal: ChartAxis("epoch", isWhole: true),
      panels: distinct.map { name in
        let series = [Series("training \(name)", points(name)), Series("validation \(name)", points("val_" + name))]
        return Panel(vertical: ChartAxis(name), series: series.filter { !$0.points.isEmpty })
      })
  }
}
