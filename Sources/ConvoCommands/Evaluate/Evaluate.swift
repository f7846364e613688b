import ConvoData
import ConvoKerasProgram
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `evaluate`: measures the model.
struct Evaluate: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "evaluate",
    summary: "Measures loss and metrics on the images of a generator, with the weights held still",
    parameters: [
      Parameter("generator", .name(of: .generator), .positional, .required, help: "The images to measure on"),
      Parameter(
        "steps", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "batches",
        help: "How many batches to measure; all of them where none"),
    ],
    examples: [
      Example("evaluate validation", "on images that the model has not learned from", after: ExampleSetUp.trainedModel)
    ],
    keras: "model.evaluate(validation_generator)")

  let generator: String
  let steps: Int?

  init(_ arguments: Arguments) throws(ArgumentError) {
    generator = try arguments.text("generator")
    steps = try arguments.integerIfGiven("steps")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    let images = try context.generator(generator, parameter: "generator")
    if trained.learned == nil {
      context.say("\(trained.model.name) has learned nothing yet: these are its first, random weights", .warning)
    }
    if images.isAugmented {
      context.say(
        "\(images.name) changes its images at random, so this is not the loss of the images themselves", .warning)
    }
    let state = trained.learned ?? LearnedState(initial: trained.model, seed: context.state.settings.seed)
    let trainer = Trainer(
      trained.model, threads: context.state.settings.threads, kernels: context.state.settings.kernels)
    let result = try await context.onOwnThread {
      var translator = TrainingTranslator(context, verbosity: 1)
      do throws(TrainingError) {
        return try trainer.evaluate(
          state, on: images, steps: steps, isInterrupted: { context.interruption.isRequested },
          report: { translator.report($0) })
      } catch {
        throw error.asCommandError(parameter: "generator")
      }
    }
    let report = EvaluationReport(
      loss: result.loss, metrics: result.scores.reports, images: result.images, seconds: result.seconds)
    context.emit(.evaluation(report))
    let measured = report.measured + [MetricReport("images", Double(result.images))]
    var results: [String: ExpressionValue] = Dictionary(
      measured.map { ($0.name, .number($0.value)) }, uniquingKeysWith: { first, _ in first })
    results["generator"] = .text(images.name)
    results["model"] = .text(trained.model.name)
    return [.setResults(of: "evaluation", results)]
  }
}

extension Evaluate: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModelName, let variable = program.use(model),
      let images = program.generator(generator)
    else { return }
    var call = PythonCall("\(variable).evaluate", [images])
    if let steps { call.set("steps", String(steps)) }
    program.write([call.text])
  }
}
