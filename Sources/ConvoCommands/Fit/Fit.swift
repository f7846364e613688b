import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `fit`: trains the model.
struct Fit: Command {
  static let stage = CourseStage.fit

  static let schema = Schema(
    "fit",
    summary: "Trains the model on the images of a generator",
    details: """
      An epoch is steps_per_epoch batches; loss and accuracy are running averages while the weights change. A second \
      fit goes on where the first ended. Ctrl-C stops between two batches and loses nothing: the next fit goes on from \
      there. rewind goes back to the end of any epoch.

      early_stopping=3 stops once val_loss (loss without validation_data) has not improved for 3 epochs; reduce_lr=2 \
      makes the learning rate smaller then. Another value and more options are written behind it, with Keras's names \
      and, here, its defaults:

      early_stopping=val_accuracy(\(CallbackOption.words(of: CallbackOption.earlyStopping)))

      reduce_lr=val_loss(\(CallbackOption.words(of: CallbackOption.reduceLearningRate)))

      Both begin anew with every fit, unless it finishes an interrupted one with the same options. A learning rate that \
      was made smaller stays so until compile or rewind.
      """,
    parameters: [
      Parameter("generator", .name(of: .generator), .positional, .required, help: "The images to learn from"),
      Parameter(
        "steps_per_epoch", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "batches",
        help: "How many batches make an epoch; as many as show every image once where none"),
      Parameter("epochs", .integer(1...Int.max), .named, .defaults(to: .integer(1)), help: "How many epochs to train"),
      Parameter(
        "verbose", .integer(0...2), .named, .defaults(to: .integer(1)),
        help: "0 says nothing on the way, 1 shows progress, 2 reports every batch by itself as well"),
      Parameter(
        "validation_data", .name(of: .generator), .named, .optional,
        help: "Images to measure the model on after every epoch; it does not learn from them"),
      Parameter(
        "validation_steps", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "batches",
        help: "How many batches to measure on; all of them where none"),
      Parameter(
        "early_stopping", CallbackOption.kind, .named, .defaults(to: .none),
        help: "Stops when training no longer helps: a patience in epochs, or a value with options, as above"),
      Parameter(
        "reduce_lr", CallbackOption.kind, .named, .defaults(to: .none),
        help: "Makes the learning rate smaller when training no longer helps, as above"),
      Parameter(
        "profile", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether to show at the end where the time of training went, stage by stage"),
    ],
    examples: [
      Example(
        "fit train steps_per_epoch=8 epochs=2 validation_data=validation", "trains, and measures after every epoch",
        after: ExampleSetUp.compiledModel),
      Example(
        "fit train epochs=5 validation_data=validation early_stopping=2 reduce_lr=1",
        "stops after two epochs without a lower val_loss, and goes slower after one", after: ExampleSetUp.compiledModel),
      Example(
        "fit train epochs=3 early_stopping=accuracy(patience=2 min_delta=0.01 restore_best_weights=true)",
        "ends with the weights of the epoch with the best accuracy", after: ExampleSetUp.compiledModel),
      Example("fit train profile=true", "where the time goes", after: ExampleSetUp.compiledModel),
    ],
    keras: "model.fit(train_generator, steps_per_epoch=8, epochs=15, validation_data=validation_generator)")

  let generator: String
  let validation: String?
  let verbosity: Int
  let settings: FitSettings

  init(_ arguments: Arguments) throws(ArgumentError) {
    generator = try arguments.text("generator")
    validation = try arguments.textIfGiven("validation_data")
    verbosity = try arguments.integer("verbose")
    var settings = FitSettings(
      stepsPerEpoch: try arguments.integerIfGiven("steps_per_epoch"), epochs: try arguments.integer("epochs"),
      validationSteps: try arguments.integerIfGiven("validation_steps"))
    settings.callbacks = try CallbackOption.callbacks(arguments, validates: validation != nil)
    settings.isProfiled = try arguments.boolean("profile")
    self.settings = settings
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var trained = try context.activeModel()
    let train = try context.generator(generator, parameter: "generator")
    var validating: ImageGenerator?
    if let validation { validating = try context.generator(validation, parameter: "validation_data") }
    if let validating, validating.isAugmented, verbosity > 0 {
      context.say(
        "\(validating.name) changes its images at random, so val_loss is not that of the images themselves", .warning)
    }
    let start = trained.learned ?? LearnedState(initial: trained.model, seed: context.state.settings.seed)
    if start.epochsDone > 0 && verbosity > 0 {
      context.say("going on from epoch \(start.epochsDone); reset starts over", .faint)
    }
    let trainer = Trainer(
      trained.model, threads: context.state.settings.threads, seed: context.state.settings.seed,
      kernels: context.state.settings.kernels)
    let outcome = try await context.onOwnThread { [validating] in
      var translator = TrainingTranslator(context, verbosity: verbosity)
      do throws(TrainingError) {
        return try trainer.fit(
          from: start, on: train, validation: validating, settings: settings,
          isInterrupted: { context.interruption.isRequested }, report: { translator.report($0) })
      } catch {
        throw error.asCommandError(parameter: "generator")
      }
    }
    if let profile = outcome.profile { context.emit(.table(Table(profile))) }
    trained.learned = outcome.state
    trained.preprocessing = Preprocessing(train)
    switch outcome.ending {
    case .finished:
      if trained.model.compiled?.optimizer.options.average != nil,
        settings.callbacks.earlyStopping?.restoresBestWeights != true, verbosity > 0
      {
        context.say("the weights are now the moving average of themselves, as use_ema=true asks for", .faint)
      }
      var results: [String: ExpressionValue] = [
        "stopped_early": .truth(outcome.stop != nil), "generator": .text(train.name),
      ]
      if let last = outcome.state.history.last {
        results["steps"] = .number(Double(last.steps))
        results["images"] = .number(Double(last.images))
      }
      if let best = outcome.bestEpoch { results["best_epoch"] = .number(Double(best)) }
      return [.setModel(trained), .setResults(of: "fit", results)]
    case .interrupted: throw PartialFailure(Self.interruption(of: outcome.state), keeping: [.setModel(trained)])
    case .failed(let error):
      throw PartialFailure(error.asCommandError(parameter: "generator"), keeping: [.setModel(trained)])
    }
  }

  private static func interruption(of state: LearnedState) -> CommandError {
    let place =
      state.unfinished.map { "in epoch \($0.plan.epoch), after step \($0.stepsDone) of \($0.plan.steps)" }
      ?? "after epoch \(state.epochsDone)"
    return CommandError(
      .interrupted, "interrupted \(place)", help: "weights and history are kept; fit goes on from here")
  }
}
