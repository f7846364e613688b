import ConvoData
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// A model that is asked about the pictures of a generator: what `confusion`, `mistakes`, `compare` and `dissect` have in
/// common.
struct AnswerQuestion: Sendable {
  let trained: TrainedModel
  let state: LearnedState
  let trainer: Trainer
  let generator: ImageGenerator

  /// Says what is special about the model or the pictures.
  init(_ trained: TrainedModel, _ generator: ImageGenerator, in context: CommandContext) {
    self.trained = trained
    self.generator = generator
    state = trained.learned ?? LearnedState(initial: trained.model, seed: context.state.settings.seed)
    trainer = Trainer(
      trained.model, threads: context.state.settings.threads, kernels: context.state.settings.kernels)
    if trained.learned == nil {
      context.say("\(trained.model.name) has learned nothing yet: these are its first, random weights", .warning)
    }
    if generator.isAugmented {
      context.say("\(generator.name) is looked at as its files are, without its random changes", .faint)
    }
    if let learned = trained.preprocessing?.classNames, !learned.isEmpty, learned != generator.classNames {
      context.say(
        """
        \(trained.model.name) learned the classes \(learned.joined(separator: ", ")), and those of \(generator.name) \
        are \(generator.classNames.joined(separator: ", ")): they are taken for each other in this order
        """, .warning)
    }
  }

  /// Every answer. Blocks.
  ///
  /// - Parameter weights: Others than the model's own.
  func answers(_ context: CommandContext, with weights: [Float]? = nil) throws(CommandError) -> Answers {
    let state = weights.map(LearnedState.init) ?? state
    let answers = try ask(context) { (isInterrupted, report) throws(TrainingError) in
      try trainer.answers(state, on: generator, isInterrupted: isInterrupted, report: report)
    }
    let strange = answers.answers.count { $0.probabilities.contains { !$0.isFinite } || !$0.loss.isFinite }
    if strange > 0 {
      context.say(
        "\(trained.model.name) answers \(NumberText.images(strange)) with what is not a number: it learned too fast; "
          + "reset, and compile with a smaller learning_rate", .warning)
    }
    return answers
  }

  /// Every answer before its sigmoid or softmax. Blocks.
  func logits(_ context: CommandContext) throws(CommandError) -> Logits {
    let hasPenalty = trained.model.layers.contains { layer in
      layer.spec.activityRegularizer != nil || layer.weights.contains { $0.regularizer != nil }
    }
    if hasPenalty {
      context.say("the loss is that of the answers alone here, without what regularizers add to it", .faint)
    }
    let logits = try ask(context) { (isInterrupted, report) throws(TrainingError) in
      try trainer.logits(state, on: generator, isInterrupted: isInterrupted, report: report)
    }
    guard logits.values.allSatisfy(\.isFinite) else {
      throw CommandError(
        .data, "\(trained.model.name) answers with what is not a number: it learned too fast",
        help: "reset, and compile with a smaller learning_rate")
    }
    return logits
  }

  /// The weight that moves the answers. Blocks.
  func move(_ logits: Logits, _ context: CommandContext) throws(CommandError) -> LastLayerMove {
    try ask(context) { (isInterrupted, report) throws(TrainingError) in
      try trainer.lastLayerMove(state, logits, on: generator, isInterrupted: isInterrupted, report: report)
    }
  }

  private func ask<Result>(
    _ context: CommandContext,
    _ work: (_ isInterrupted: () -> Bool, _ report: (TrainingEvent) -> Void) throws(TrainingError) -> Result
  ) throws(CommandError) -> Result {
    do throws(TrainingError) {
      return try work(
        { context.interruption.isRequested },
        { event in
          switch event {
          case .validating(let step, let steps):
            context.emit(
              .progress(
                Progress(
                  title: "asking \(trained.model.name) about \(generator.name)", done: step, total: steps, seconds: 0)))
          case .problems(let problems):
            for problem in problems { context.say("left out: \(FileNameText.oneLine("\(problem)"))", .warning) }
          case .preparing, .startedAgain, .epochBegan, .batch, .epoch, .lossIsNotFinite, .learningRateReduced,
            .stoppedEarly, .restored, .notRestored, .epochNotKept, .interrupted, .finished:
            break
          }
        })
    } catch {
      throw error.asCommandError(parameter: "generator")
    }
  }
}

extension NumberText {
  /// `1 image`, `1,027 images`.
  static func images(_ count: Int) -> String { count == 1 ? "1 image" : "\(grouped(count)) images" }
}

/// What the commands that look at answers have in common.
enum AnswerParameters {
  static let generator = Parameter(
    "generator", .name(of: .generator), .positional, .required, help: "The images to ask about")

  static let generatorAfterOn = Parameter(
    "generator", .name(of: .generator), .after("on"), .required, help: "The images to ask about")

  static let threshold = Parameter(
    "threshold", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0.5)),
    help: "With one output: the probability above which an image is taken for class 1")

  static let save = Parameter(
    "save", .path(.file), .named, .optional, help: "A PNG file to write the pictures to; one that is there is replaced")
}

extension Answers {
  /// Throws where several outputs decide among themselves, so that no threshold does.
  func check(threshold: Double) throws(CommandError) {
    guard !hasOneOutput, threshold != 0.5 else { return }
    throw CommandError(
      .badValue, "a threshold is for a model with one output; here the largest of \(classNames.count) outputs decides",
      help: "leave threshold= out", parameter: "threshold")
  }

  /// What stands above `shownProbability`.
  var probabilityTitle: String {
    hasOneOutput
      ? areProbabilities ? "probability of \(FileNameText.oneLine(classNames[1]))" : "output"
      : "probability of the truth"
  }

  /// With one output what the model says, the probability of class 1; with several, that of the picture's own class.
  func shownProbability(of answer: Answer) -> Double {
    hasOneOutput ? answer.probabilities[1] : answer.probabilityOfTruth
  }

  /// The name of a class in one line.
  func name(_ label: Int) -> String { FileNameText.oneLine(classNames[label]) }
}
