import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `compile`: says what training makes small, and how.
struct Compile: Command {
  static let stage = CourseStage.compile

  static let schema = Schema(
    "compile",
    summary: "Sets the loss that training makes small, the optimizer that does it, and what is measured on the way",
    details: """
      Whether loss and metrics go with the model's last layer is checked at once. Compiling again keeps the weights \
      and lets the optimizer start afresh, as in Keras.

      Options of the loss and of the optimizer stand in the same line, in any order; help rmsprop explains those of \
      rmsprop, and help binary_crossentropy those of that loss.
      """,
    parameters: [
      Parameter("loss", .oneOf(Loss.Kind.allCases.map(\.schema)), .named, .required, help: "What training makes small"),
      Parameter(
        "optimizer", .oneOf(OptimizerCatalog.all.map { $0.schema }), .named, .defaults(to: .text("rmsprop")),
        help: "How the weights are changed"),
      Parameter(
        "metrics", .list(of: .oneOf(Metric.all.map { $0.schema })), .named, .defaults(to: .list([])),
        help: "What is measured for people to read; with options as in \"precision(thresholds=0.3)\""),
    ],
    examples: [
      Example(
        "compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001 metrics=[accuracy]",
        "as in the notes",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy label_smoothing=0.1 optimizer=adam clipnorm=1 metrics=[accuracy auc]",
        "an option of the loss, one of the optimizer, and two metrics",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: """
      model.compile(loss='binary_crossentropy', optimizer=keras.optimizers.RMSprop(learning_rate=0.001), \
      metrics=['accuracy'])
      """)

  let settings: CompileSettings

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let chosenLoss = arguments.choice("loss"), let loss = try Loss(chosenLoss) else {
      throw ArgumentError(missing: "loss")
    }
    guard let choice = arguments.choice("optimizer"), let type = OptimizerCatalog.named(choice.name) else {
      throw ArgumentError(missing: "optimizer")
    }
    var metrics: [Metric] = []
    for text in try arguments.wordsIfGiven("metrics") ?? [] { metrics.append(try Metric(text, for: "metrics")) }
    settings = CompileSettings(loss: loss, optimizer: try type.init(choice), metrics: metrics)
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var trained = try context.activeModel()
    do {
      try trained.model.check(loss: settings.loss)
    } catch {
      throw CommandError(.mismatch, error.problem, help: error.help, parameter: "loss")
    }
    do {
      try trained.model.compile(settings)
    } catch {
      throw CommandError(.mismatch, error.problem, help: error.help, parameter: "metrics")
    }
    let misled = settings.metricsMisledByLogits(of: trained.model)
    if !misled.isEmpty {
      let names = misled.map { $0.name }.joined(separator: ", ")
      context.say(
        "\(names): measured as if the outputs were probabilities, as in Keras; with from_logits=true they are logits, "
          + "of which those above 0 rather than 0.5 speak for class 1", .warning)
    }
    trained.learned = trained.learned?.recompiled()
    return [.setModel(trained)]
  }
}
