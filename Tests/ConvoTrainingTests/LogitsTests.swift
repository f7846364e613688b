import ConvoData
import ConvoNetwork
import ConvoTensor
import Testing

@testable import ConvoTraining

/// The changes that `dissect` makes to a model's answers.
@Suite struct LogitsTests {
  private let images: StripedImages
  private let generator: ImageGenerator

  init() throws {
    images = try StripedImages([23, 18])
    generator = try images.generator(batch: 7)
  }

  private func model(bias: Bool = true, ending: Activation = .sigmoid, smoothing: Double = 0) throws -> Model {
    var model = Model(name: "small", inputShape: [8, 6, 3])
    try model.add(Conv2D(filters: 4, kernelSize: [3, 3], activation: .relu))
    try model.add(Flatten())
    try model.add(Dense(units: 1, activation: ending, useBias: bias))
    if ending == .linear { try model.add(ActivationLayer(.sigmoid)) }
    var loss = Loss.binaryCrossentropy
    loss.labelSmoothing = smoothing
    try model.compile(CompileSettings(loss: loss, metrics: [.accuracy]))
    return model
  }

  @Test(arguments: [0, 0.2]) func theyComeToTheLossOfTheModel(smoothing: Double) throws {
    for ending in [Activation.sigmoid, .linear] {
      let trainer = Trainer(try model(ending: ending, smoothing: smoothing), threads: 1)
      let state = LearnedState(initial: trainer.model, seed: 3)
      let logits = try trainer.logits(state, on: generator)
      let evaluation = try trainer.evaluate(state, on: generator)
      let own = logits.measured()
      #expect(abs(own.loss - evaluation.loss) < 1e-6)
      #expect(own.accuracy == evaluation.accuracy)
    }
  }

  @Test func softmaxHasLogitsAsWell() throws {
    let images = try StripedImages([9, 8, 12])
    let trainer = Trainer(try smallModel(classes: 3), threads: 1)
    let state = LearnedState(initial: trainer.model, seed: 3)
    let generator = try images.generator(batch: 7, mode: .categorical)
    let logits = try trainer.logits(state, on: generator)
    let evaluation = try trainer.evaluate(state, on: generator)
    #expect(abs(logits.measured().loss - evaluation.loss) < 1e-6)
    #expect(logits.measured().accuracy == evaluation.accuracy)
    // Far enough, all are taken for the moved class.
    #expect(logits.measured(shift: 1000).accuracy == 12.0 / 29)
    check(logits)
  }

  /// Whatever the answers are, the sets are what they are said to be.
  private func check(_ logits: Logits) {
    let own = logits.variant()
    if let bolder = logits.bolder() {
      #expect(bolder.accuracy == own.accuracy)
      #expect(abs(bolder.loss - own.loss) > 0.1 * own.loss)
    }
    if let shifted = logits.shifted() {
      #expect(shifted.variant.accuracy != own.accuracy)
      if shifted.hasSameLoss { #expect(abs(shifted.variant.loss - own.loss) <= 1e-4 * own.loss) }
    }
  }

  @Test(arguments: 0..<12) func setsOfAnyAnswers(seed: Int) throws {
    let count = [1, 2, 3, 5, 20, 200][seed % 6]
    let spread: Float = seed < 6 ? 1 : 30
    var random = SystemRandomNumberGenerator()
    let values = (0..<count).map { _ in Float.random(in: -spread...spread, using: &random) }
    let truths = values.map { ($0 > 0 ? 1 : 0) ^ (Float.random(in: 0...1, using: &random) < 0.2 ? 1 : 0) }
    check(Logits(width: 1, values: values, truths: truths, samples: Array(0..<count), loss: Self.fromLogits))
  }

  private static var fromLogits: Loss {
    var loss = Loss.binaryCrossentropy
    loss.fromLogits = true
    return loss
  }

  /// Right and wrong answers of several sizes: there is room for both sets. Of the first ones, a shift brings the loss
  /// back, the second are as good as a shift can make them, the third are all right.
  @Test(
    arguments: [
      ([3, 2, 1, -6, -2, -3, 0.4, -1], false), ([3, 2, 1, -0.5, -2, -3, 1.5, -1], true),
      ([3, 2, 1, 0.5, -2, -3, -1.5, -1], false),
    ] as [([Float], Bool)])
  func ordinaryAnswersHaveBothSets(values: [Float], isPushed: Bool) throws {
    let truths = [1, 1, 1, 1, 0, 0, 0, 0]
    let logits = Logits(width: 1, values: values, truths: truths, samples: Array(0..<8), loss: Self.fromLogits)
    #expect(logits.bolder()?.factor == 3)
    let shifted = try #require(logits.shifted())
    #expect(shifted.hasSameLoss)
    #expect((shifted.variant.pushed > 0) == isPushed)
    check(logits)
  }

  /// Wherever some are wrong and the loss is below that of a coin, there is such a set.
  @Test(arguments: 0..<20) func wrongAnswersCanBePushedOver(seed: Int) throws {
    var random = SystemRandomNumberGenerator()
    for width in [1, 3] {
      let count = 30
      var values: [Float] = []
      let truths = (0..<count).map { $0 % 2 }
      for truth in truths {
        let sign: Float = Float.random(in: 0...1, using: &random) < 0.15 ? -0.3 : 1
        let size = sign * Float.random(in: 0.5...3, using: &random)
        values += width == 1 ? [truth == 1 ? size : -size] : (0..<3).map { $0 == truth ? size : 0 }
      }
      var loss = width == 1 ? Self.fromLogits : Loss.categoricalCrossentropy
      loss.fromLogits = true
      let logits = Logits(width: width, values: values, truths: truths, samples: Array(0..<count), loss: loss)
      if logits.variant().accuracy < 1 { #expect(try #require(logits.shifted()).hasSameLoss) }
      check(logits)
    }
  }

  @Test func answersThatSayNothingHaveNoBolderSet() {
    let logits = Logits(width: 1, values: [0, 0], truths: [0, 1], samples: [0, 1], loss: Self.fromLogits)
    #expect(logits.bolder() == nil)
    check(logits)
    // All of one kind: shifting them changes all or none.
    check(Logits(width: 1, values: [40, 40, 40], truths: [1, 1, 1], samples: [0, 1, 2], loss: Self.fromLogits))
  }

  /// One wrong answer costs more than all there is.
  @Test func aPerfectModelHasNoShiftedSet() throws {
    let logits = Logits(
      width: 1, values: [20, -20, 25], truths: [1, 0, 1], samples: [0, 1, 2], loss: Self.fromLogits)
    #expect(try #require(logits.shifted()).hasSameLoss == false)
  }

  /// The model itself with its weight moved is the reference.
  @Test(arguments: [true, false]) func movingAWeightIsWhatTheModelDoes(hasBias: Bool) throws {
    for ending in [Activation.sigmoid, .linear] {
      let trainer = Trainer(try model(bias: hasBias, ending: ending), threads: 1)
      let state = LearnedState(initial: trainer.model, seed: 3)
      let logits = try trainer.logits(state, on: generator)
      let move = try trainer.lastLayerMove(state, logits, on: generator)
      #expect(move.name == (hasBias ? "the bias of dense" : "the largest weight of dense"))
      #expect((move.direction == nil) == hasBias)
      let kernel = WeightLayout(trainer.model).entries.first { $0.layer == 2 }
      let places = try #require(kernel).range
      let place =
        hasBias ? state.weights.count - 1 : try #require(places.max { abs(state.weights[$0]) < abs(state.weights[$1]) })
      #expect(move.value == state.weights[place])
      for shift in [-2, -0.3, 0.1, 1.5] as [Float] {
        var moved = state
        moved.weights[place] += shift
        let expected = try trainer.evaluate(moved, on: generator)
        let found = logits.measured(shift: Double(shift), along: move.direction)
        #expect(abs(found.loss - expected.loss) < 1e-5)
        #expect(found.accuracy == expected.accuracy)
      }
    }
  }

  @Test func otherLossesAreRefused() throws {
    var model = Model(name: "small", inputShape: [8, 6, 3])
    try model.add(Flatten())
    try model.add(Dense(units: 1))
    try model.compile(CompileSettings(loss: .meanSquaredError))
    let state = LearnedState(initial: model, seed: 1)
    let error = #expect(throws: TrainingError.self) { try Trainer(model, threads: 1).logits(state, on: generator) }
    #expect(error?.problem.contains("cross-entropy") == true)
  }
}
