import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `summary`: shows the model layer by layer.
struct Summary: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "summary",
    summary: "Shows the layers of the model, their output shapes and their parameters",
    details: """
      None stands for the batch: the number of images that go through together is not part of the model. Parameters \
      are the numbers that training sets.

      summary explain shows the arithmetic behind every row: the output's sides from the input's, and the parameters. Where \
      the last add was refused, it goes on with that layer: why it is impossible, and what would mend it.

      summary plan shows how training runs the model: which layers are computed together, by what and why, and how \
      much arithmetic each step is.
      """,
    parameters: [
      Parameter(
        "what", .choice(["explain", "plan"]), .positional, .optional,
        help: "explain: the arithmetic of every row; plan: how training runs the model"),
      Parameter(
        "batch_size", .integer(1...1_000_000), .named, .defaults(to: .integer(32)), unit: "images",
        help: "The images of a batch, for summary plan"),
    ],
    examples: [
      Example("summary", "the active model", after: ["new model input=8x8x3", "add flatten", "add dense 1"]),
      Example(
        "summary explain", "the arithmetic of shapes and parameters",
        after: ["new model input=32x32x3", "add conv2d 8 3x3 activation=relu", "add maxpooling2d", "add flatten"]),
      Example(
        "summary plan", "how it is run",
        after: [
          "new model input=32x32x3", "add conv2d 8 3x3 activation=relu", "add maxpooling2d", "add flatten",
          "add dense 1 activation=sigmoid",
        ]),
    ],
    keras: "model.summary()")

  let what: String?
  let batchSize: Int

  init(_ arguments: Arguments) throws(ArgumentError) {
    what = try arguments.textIfGiven("what")
    batchSize = try arguments.integer("batch_size")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let model = try context.activeModel().model
    if what == "plan" {
      try await showPlan(of: model, in: context)
      return []
    }
    if what == "explain" {
      ModelExplanation(model).tell(context)
      context.state.part(RefusedLayer.self)?.tell(after: model, context)
      return []
    }
    let weights = model.layers.flatMap(\.weights)
    let trainable = weights.filter(\.isTrainable).reduce(0) { $0 + ($1.shape.count ?? 0) }
    let layers = model.layers.map {
      ModelSummary.Layer(
        name: $0.name, type: type(of: $0.spec).kerasName, outputShape: $0.output.sides, params: $0.parameterCount)
    }
    context.emit(
      .summary(
        ModelSummary(
          name: model.name, layers: layers, trainableParams: trainable,
          nonTrainableParams: model.parameterCount - trainable)))
    return []
  }

  private func showPlan(of model: Model, in context: CommandContext) async throws {
    let trainer = Trainer(
      model, threads: context.state.settings.threads, kernels: context.state.settings.kernels)
    let plan = try await context.onOwnThread {
      do throws(TrainingError) {
        return try trainer.plan(batchSize: batchSize)
      } catch {
        throw error.asCommandError(parameter: "batch_size")
      }
    }
    context.emit(.table(Table(plan, of: model.name)))
    context.say(plan.course)
  }
}

extension Summary: KerasWriting {
  /// Its explanations are convo's own.
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard what == nil, let model = run.after.activeModelName, let variable = program.use(model) else { return }
    program.write(["\(variable).summary()"])
  }
}
