import ConvoData
import ConvoImages
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

@Suite struct AnswersTests {
  /// Losses, last layers and class modes that go together.
  enum Ending: CaseIterable {
    case sigmoid, smoothed, logit, softmax, smoothedSoftmax, sparse, sparseLogits, squares, penalized

    func model(classes: Int) throws -> Model {
      var model = Model(name: "small", inputShape: [8, 6, 3])
      try model.add(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
      try model.add(Flatten())
      let (activation, loss) = (activation, loss)
      try model.add(
        Dense(
          units: hasOneOutput ? 1 : classes, activation: activation,
          kernelRegularizer: self == .penalized ? Regularizer(l2: 0.1) : nil))
      try model.compile(CompileSettings(loss: loss, metrics: [.accuracy]))
      return model
    }

    var hasOneOutput: Bool {
      switch self {
      case .sigmoid, .smoothed, .logit, .squares, .penalized: true
      case .softmax, .smoothedSoftmax, .sparse, .sparseLogits: false
      }
    }

    var mode: ClassMode {
      switch self {
      case .sigmoid, .smoothed, .logit, .squares, .penalized: .binary
      case .softmax, .smoothedSoftmax: .categorical
      case .sparse, .sparseLogits: .sparse
      }
    }

    private var activation: Activation {
      switch self {
      case .sigmoid, .smoothed, .squares, .penalized: .sigmoid
      case .logit, .sparseLogits: .linear
      case .softmax, .smoothedSoftmax, .sparse: .softmax
      }
    }

    private var loss: Loss {
      var loss: Loss
      switch self {
      case .sigmoid, .smoothed, .logit, .penalized: loss = .binaryCrossentropy
      case .softmax, .smoothedSoftmax: loss = .categoricalCrossentropy
      case .sparse, .sparseLogits: loss = .sparseCategoricalCrossentropy
      case .squares: loss = .meanSquaredError
      }
      if self == .smoothed || self == .smoothedSoftmax { loss.labelSmoothing = 0.2 }
      loss.fromLogits = self == .logit || self == .sparseLogits
      return loss
    }
  }

  /// A state with answers on both sides.
  private func state(_ model: Model, seed: UInt64 = 3) -> LearnedState { LearnedState(initial: model, seed: seed) }

  @Test(arguments: Ending.allCases) func lossAndAccuracyAreThoseThatEvaluateMeasures(_ ending: Ending) throws {
    let images = try StripedImages(ending.hasOneOutput ? [23, 18] : [9, 8, 12])
    let model = try ending.model(classes: 3)
    // Shuffled: the answers come in the order of the files all the same.
    let generator = try images.generator(batch: 7, mode: ending.mode)
    let trainer = Trainer(model, threads: 2)
    let evaluation = try trainer.evaluate(state(model), on: generator)
    let answers = try trainer.answers(state(model), on: generator)
    #expect(answers.answers.map(\.sample) == Array(0..<generator.count))
    #expect(answers.answers.map(\.file) == generator.samples.map(\.path))
    #expect(answers.answers.map(\.truth) == generator.samples.map(\.label))
    #expect(abs(answers.meanLoss - evaluation.loss) <= 1e-12 * evaluation.loss)
    // Of logits, the metric counts those above 0.5, and an answer those above 0.
    if ending != .logit { #expect(answers.accuracy() == evaluation.accuracy) }
    #expect(answers.hasOneOutput == ending.hasOneOutput)
    #expect(answers.areProbabilities)
    #expect((answers.weightPenalty > 0) == (ending == .penalized))
    for answer in answers.answers { #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-6) }
  }

  @Test func logitsBecomeProbabilities() throws {
    let images = try StripedImages([23, 18])
    let (sigmoid, logit) = (try Ending.sigmoid.model(classes: 2), try Ending.logit.model(classes: 2))
    let generator = try images.generator(batch: 7)
    let first = try Trainer(sigmoid, threads: 1).answers(state(sigmoid), on: generator)
    let second = try Trainer(logit, threads: 1).answers(state(sigmoid), on: generator)
    #expect(first.accuracy() == second.accuracy())
    for (left, right) in zip(first.answers, second.answers) {
      #expect(abs(left.probabilities[1] - right.probabilities[1]) < 1e-6)
      #expect(left.loss == right.loss)
    }
  }

  @Test func randomChangesAreLeftOut() throws {
    let images = try StripedImages([5, 6])
    let model = try Ending.sigmoid.model(classes: 2)
    let still = try images.generator(batch: 4)
    let augmented = try images.generator(batch: 4) {
      $0.augmentation.horizontalFlip = true
      $0.augmentation.rotationRange = 40
    }
    let trainer = Trainer(model, threads: 1)
    #expect(
      try trainer.answers(state(model), on: augmented).answers == trainer.answers(state(model), on: still).answers)
    // Which is not what evaluate measures.
    #expect(
      try trainer.evaluate(state(model), on: augmented).loss
        != trainer.answers(state(model), on: augmented).meanLoss)
  }

  @Test func unreadableFilesAreLeftOutAndNamedEachTime() throws {
    let images = try StripedImages([5, 6])
    let model = try Ending.sigmoid.model(classes: 2)
    let generator = try images.generator(batch: 4, cache: PixelCache(budget: 0))
    try images.remove(class: 0, number: 2)
    for _ in 0..<2 {
      var problems: [String] = []
      let answers = try Trainer(model, threads: 1).answers(state(model), on: generator) {
        false
      } report: { event in
        if case .problems(let files) = event { problems += files.map(\.file) }
      }
      #expect(answers.answers.map(\.sample) == [0, 1] + Array(3..<11))
      #expect(problems == ["class0/002.png"])
    }
  }

  @Test(arguments: [ClassMode.none, .input]) func imagesWithoutClassesAreRefused(_ mode: ClassMode) throws {
    let images = try StripedImages([2, 2])
    var model = Model(name: "small", inputShape: [8, 6, 3])
    try model.add(Flatten())
    try model.add(Dense(units: 144))
    try model.compile(CompileSettings(loss: .meanSquaredError))
    let generator = try images.generator(batch: 2, mode: mode)
    let error = #expect(throws: TrainingError.self) {
      try Trainer(model, threads: 1).answers(state(model), on: generator)
    }
    #expect(error?.help.contains("class_mode=") == true)
  }

  @Test func anInterruptEndsIt() throws {
    let images = try StripedImages([23, 18])
    let model = try Ending.sigmoid.model(classes: 2)
    let generator = try images.generator(batch: 7)
    var steps = 0
    let error = #expect(throws: TrainingError.self) {
      try Trainer(model, threads: 1).answers(state(model), on: generator) {
        steps == 3
      } report: { event in
        if case .validating = event { steps += 1 }
      }
    }
    #expect(error?.problem == "interrupted")
    #expect(steps == 3)
  }

  /// Another model's size, labels and values, from the same files.
  @Test func picturesArePreparedAsAnotherModelTakesThem() throws {
    let images = try StripedImages([5, 6])
    let wide = try images.generator(batch: 4, mode: .categorical) { $0.targetSize = ImageSize(height: 16, width: 12) }
    let small = try images.generator(batch: 4)
    let model = try Ending.sigmoid.model(classes: 2)
    let prepared = Preprocessing(small).prepared(wide, for: model, cache: PixelCache())
    #expect(prepared.options.classMode == .binary)
    let trainer = Trainer(model, threads: 1)
    #expect(
      try trainer.answers(state(model), on: prepared).answers == trainer.answers(state(model), on: small).answers)
  }

  // MARK: what is counted

  private func answers(
    _ probabilities: [Double], truths: [Int], losses: [Double]? = nil
  ) -> Answers {
    Answers(
      zip(probabilities, truths).enumerated().map { index, pair in
        Answer(
          sample: index, file: "\(index).png", truth: pair.1, probabilities: [1 - pair.0, pair.0],
          loss: losses?[index] ?? -log(pair.1 == 1 ? pair.0 : 1 - pair.0))
      }, classNames: ["no", "yes"], hasOneOutput: true, areProbabilities: true, weightPenalty: 0)
  }

  @Test func theThresholdItselfIsNotAboveIt() {
    let answers = answers([0.5, 0.500001, 0.2, 0.9], truths: [0, 1, 1, 0])
    #expect(answers.confusion() == [[1, 1], [1, 1]])
    #expect(answers.accuracy() == 0.5)
    #expect(answers.confusion(threshold: 0.1) == [[0, 2], [0, 2]])
    #expect(answers.confusion(threshold: 0.9) == [[2, 0], [2, 0]])
    #expect(answers.confusion(threshold: 1) == [[2, 0], [2, 0]])
  }

  @Test func mistakesBeginWithTheLargestLoss() {
    let answers = answers([0.9, 0.8, 0.95, 0.1, 0.1, 0.2], truths: [0, 1, 0, 1, 1, 0])
    #expect(answers.mistakes().map(\.sample) == [2, 0, 3, 4])
    #expect(answers.mistakes(threshold: 0.92).map(\.sample) == [2, 3, 4, 1].filter { $0 != 1 } + [1])
  }

  /// As for the metrics, what is not a number decides for class 0; it is the worst mistake.
  @Test func whatIsNoNumberIsNoTrap() {
    let answers = answers([.nan, .nan, 0.1], truths: [0, 1, 1], losses: [.nan, .nan, 2])
    #expect(answers.confusion() == [[1, 0], [2, 0]])
    #expect(answers.mistakes().map(\.sample) == [1, 2])
    #expect(Calibration(answers).images == 1)
  }

  /// By hand: bins (0.5, 0.6] with 0.55 and 0.6, (0.8, 0.9] with 0.9, (0.9, 1] with 0.95.
  @Test func calibrationFollowsItsFormula() {
    let calibration = Calibration(answers([0.55, 0.4, 0.9, 0.05], truths: [1, 1, 0, 0]))
    #expect(calibration.bins.map(\.images) == [2, 1, 1])
    #expect(calibration.bins.map(\.accuracy) == [0.5, 0, 1])
    let expected = (2 * abs(0.5 - 0.575) + 0.9 + 0.05) / 4
    #expect(abs(calibration.error - expected) < 1e-12)
    #expect(abs(calibration.confidence - (0.55 + 0.6 + 0.9 + 0.95) / 4) < 1e-12)
    #expect(calibration.accuracy == 0.5)
    // Sure of everything, and right: no error.
    #expect(Calibration(answers([1, 0], truths: [1, 0])).error == 0)
  }
}
