import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `sweep`: compares learning rates.
struct Sweep: Command {
  static let stage = CourseStage.fit

  static let schema = Schema(
    "sweep",
    summary: "Compares learning rates: trains a copy of the model anew with each of them",
    details: """
      All copies start from the same first weights and see the same batches, so that what differs comes from the \
      learning rate alone. fluctuation is by how much accuracy changes from one epoch to the next, on average: large \
      where the rate is too high. The model itself stays as it is. Ctrl-C stops, and shows the rates that are done.
      """,
    parameters: [
      Parameter("generator", .name(of: .generator), .positional, .required, help: "The images to learn from"),
      Parameter(
        "learning_rate", .list(of: .number(.nonNegative)), .named, .required, help: "The learning rates to compare"),
      Parameter(
        "epochs", .integer(1...Int.max), .named, .defaults(to: .integer(1)),
        help: "How many epochs to train with each"),
      Parameter(
        "steps_per_epoch", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "batches",
        help: "How many batches make an epoch; as many as show every image once where none"),
      Parameter(
        "validation_data", .name(of: .generator), .named, .optional,
        help: "Images to measure the copies on after every epoch"),
      Parameter(
        "validation_steps", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "batches",
        help: "How many batches to measure on; all of them where none"),
    ],
    examples: [
      Example(
        "sweep train learning_rate=[0.1 0.001 0.00001] epochs=2 validation_data=validation",
        "too high, right and too low", after: ExampleSetUp.compiledModel)
    ])

  let generator: String
  let rates: [Double]
  let validation: String?
  let settings: FitSettings

  init(_ arguments: Arguments) throws(ArgumentError) {
    generator = try arguments.text("generator")
    rates = try arguments.numbersIfGiven("learning_rate") ?? []
    guard !rates.isEmpty else {
      throw ArgumentError(
        parameter: "learning_rate", problem: "learning_rate has no value to try",
        help: "as in learning_rate=[0.1 0.001 0.00001]")
    }
    validation = try arguments.textIfGiven("validation_data")
    var settings = FitSettings(
      stepsPerEpoch: try arguments.integerIfGiven("steps_per_epoch"), epochs: try arguments.integer("epochs"),
      validationSteps: try arguments.integerIfGiven("validation_steps"))
    settings.keepsEpochs = false
    self.settings = settings
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    let train = try context.generator(generator, parameter: "generator")
    var validating: ImageGenerator?
    if let validation { validating = try context.generator(validation, parameter: "validation_data") }
    var runs: [SweepRun] = []
    var failure: CommandError?
    for (index, rate) in rates.enumerated() {
      do {
        let title = "learning_rate \(NumberText.short(rate)) (\(index + 1) of \(rates.count))"
        runs.append(
          try await context.onOwnThread { [validating] in
            try learn(trained.model, with: rate, on: train, validating, title, context)
          })
      } catch let error as CommandError {
        failure = error
        break
      }
    }
    if !runs.isEmpty { show(runs, of: trained.model.name, context) }
    let changes = [SessionChange.setResults(of: "sweep", Self.results(runs))]
    guard let failure else { return changes }
    guard !runs.isEmpty else { throw failure }
    throw PartialFailure(failure, keeping: changes)
  }

  /// Trains a copy of the model. Throws a `CommandError`.
  private func learn(
    _ model: Model, with rate: Double, on train: ImageGenerator, _ validation: ImageGenerator?, _ title: String,
    _ context: CommandContext
  ) throws -> SweepRun {
    let settingsOfSession = context.state.settings
    var model = model
    model.compiled?.optimizer.learningRate = rate
    let trainer = Trainer(
      model, threads: settingsOfSession.threads, seed: settingsOfSession.seed, kernels: settingsOfSession.kernels)
    let outcome: FitOutcome
    let start = ContinuousClock.now
    do throws(TrainingError) {
      outcome = try trainer.fit(
        from: LearnedState(initial: model, seed: settingsOfSession.seed), on: train, validation: validation,
        settings: settings, isInterrupted: { context.interruption.isRequested },
        report: { report($0, title, since: start, context) })
    } catch {
      throw error.asCommandError(parameter: "generator")
    }
    switch outcome.ending {
    case .finished: break
    case .interrupted:
      throw CommandError(
        .interrupted, "interrupted at \(title)",
        help: "the rates before it, if any, are done; the model is as it was")
    case .failed(let error): throw error.asCommandError(parameter: "generator")
    }
    let state = context.state.applying(.setModel(TrainedModel(model, learned: outcome.state)))
    var fluctuation: Double?
    if let expression = try? Expression("fluctuation(accuracy)"),
      case .number(let change)? = try? state.value(of: expression)
    {
      fluctuation = change
    }
    return SweepRun(rate: rate, measured: outcome.state.history.last?.measured ?? [], fluctuation: fluctuation)
  }

  /// The progress is that of all epochs together.
  private func report(
    _ event: TrainingEvent, _ title: String, since start: ContinuousClock.Instant, _ context: CommandContext
  ) {
    switch event {
    case .batch(let batch):
      let (total, isTooLarge) = settings.epochs.multipliedReportingOverflow(by: batch.steps)
      context.emit(
        .progress(
          Progress(
            title: title, done: (batch.epoch - 1) * batch.steps + batch.step, total: isTooLarge ? .max : total,
            seconds: start.duration(to: .now) / .seconds(1), unit: "step",
            metrics: [MetricReport("loss", batch.running.loss)] + batch.running.reports)))
    case .problems(let problems):
      for problem in problems { context.say("left out from here on: \(problem)", .warning) }
    case .preparing, .startedAgain, .epochBegan, .validating, .epoch, .lossIsNotFinite, .learningRateReduced,
      .stoppedEarly, .restored, .notRestored, .epochNotKept, .interrupted, .finished:
      break
    }
  }

  private func show(_ runs: [SweepRun], of model: String, _ context: CommandContext) {
    let names = runs.first?.measured.map(\.name) ?? []
    let fluctuates = runs.contains { $0.fluctuation != nil }
    let epochs = settings.epochs == 1 ? "1 epoch" : "\(settings.epochs) epochs"
    context.emit(
      .table(
        Table(
          title: "Copies of \(model) after \(epochs)",
          columns: (["learning_rate"] + names + (fluctuates ? ["fluctuation"] : [])).map { .init($0, .right) },
          rows: runs.map { run in
            [NumberText.short(run.rate)] + run.measured.map { NumberText.metric($0.value) }
              + (fluctuates ? [run.fluctuation.map { NumberText.metric($0) } ?? ""] : [])
          })))
    let judge = names.contains("val_loss") ? "val_loss" : "loss"
    let best = runs.compactMap { run in run[judge].map { (rate: run.rate, value: $0) } }.filter { !$0.value.isNaN }
      .min { $0.value < $1.value }
    if let best, runs.count > 1 {
      context.say("the lowest \(judge) is that of learning_rate \(NumberText.short(best.rate))", .faint)
    }
    for run in runs where run["loss"]?.isFinite == false {
      context.say(
        "with learning_rate \(NumberText.short(run.rate)), the loss is no finite number any more: the steps are too large",
        .faint)
    }
  }

  private static func results(_ runs: [SweepRun]) -> [String: ExpressionValue] {
    var results: [String: ExpressionValue] = ["learning_rate": .series(runs.map(\.rate))]
    for name in runs.first?.measured.map(\.name) ?? [] { results[name] = .series(runs.compactMap { $0[name] }) }
    let fluctuations = runs.compactMap(\.fluctuation)
    if !fluctuations.isEmpty { results["fluctuation"] = .series(fluctuations) }
    return results
  }
}

/// What a learning rate came to.
private struct SweepRun: Sendable {
  let rate: Double
  /// After the last epoch.
  let measured: [(name: String, value: Double)]
  let fluctuation: Double?

  subscript(_ name: String) -> Double? { measured.first { $0.name == name }?.value }
}
