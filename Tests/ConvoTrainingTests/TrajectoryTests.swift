import ConvoData
import ConvoImages
import ConvoNetwork
import ConvoSchema
import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoTraining

/// 30 training steps from the same weights on the same batches as Keras.
@Suite struct TrajectoryTests {
  @Test(arguments: try TrajectoryRecord.read().runs)
  func stepByStepLikeKeras(_ run: TrajectoryRecord.Run) throws {
    let record = try TrajectoryRecord.read()
    let model = try run.model()
    let compiled = try #require(model.compiled)
    let start = try #require(
      record.starts["\(model.outputShape.sides[0])\(run.variant == .normalized ? " normalized" : "")"])
    let runner = try BatchRunner(
      model, compiled, from: LearnedState(weights: start.values), classes: 4, largestBatch: 8, threads: 2,
      forTraining: true)
    var optimizer = OptimizerState(for: compiled.optimizer, weights: start.values.count)
    var (losses, accuracies) = ([Float](), [Float]())
    for step in 0..<30 {
      try runner.train(record.batch(step, run), &optimizer)
      losses.append(Float(runner.tally.loss))
      accuracies.append(Float(try #require(runner.tally.value(of: .accuracy))))
    }
    #expect(largestError(losses, run.losses.values, floor: 0) < 1e-5 + run.spread)
    #expect(accuracies == run.accuracies.values)
    #expect(largestError(runner.executor.weights.values, run.weights.values, floor: 0.05) < 1e-4)

    var total = Tally([.accuracy])
    for step in 0..<10 {
      try runner.evaluate(record.batch(step, run), penalty: runner.weightPenalty)
      total.add(runner.tally)
    }
    #expect(abs(total.loss / run.evaluation.loss - 1) < 1e-5)
    #expect(abs(try #require(total.value(of: .accuracy)) - run.evaluation.accuracy) < 1e-6)
  }
}

/// What Keras computed.
struct TrajectoryRecord: Decodable, Sendable {
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    struct Evaluation: Decodable { let loss, accuracy: Double }

    /// What is special: batch normalisation, on pictures and on rows; or what the first convolution and the first dense
    /// layer have: regularizers of their weights, constraints, or regularizers of their outputs and of weights.
    enum Variant: String, Decodable { case plain, normalized, penalized, constrained, active }

    let kind: Loss.Kind
    private let options: [String: Setting]
    let activation: Activation
    let optimizer: String
    let settings: [String: Setting]
    let variant: Variant
    /// How far Keras's own losses are apart after first weights that differ by no more than rounding.
    let spread: Float
    let losses, accuracies, weights, predictions: RecordedArray
    let evaluation: Evaluation

    private enum CodingKeys: String, CodingKey {
      case kind = "loss"
      case options, activation, optimizer, settings, variant, spread, losses, accuracies, weights, predictions,
        evaluation
    }

    var testDescription: String {
      func words(_ settings: [String: Setting]) -> [String] {
        settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.value)" }
      }
      return
        ([kind.rawValue] + words(options) + [optimizer] + words(settings) + [variant.rawValue])
        .joined(separator: " ")
    }

    func loss() throws -> Loss {
      try #require(try Loss(Arguments(defaultsOf: kind.schema, options.mapValues(\.value))))
    }

    private var denseRegularizer: Regularizer? {
      switch variant {
      case .penalized: Regularizer(l1: 0.001)
      case .active: Regularizer(l1: 0.0001, l2: 0.002)
      case .plain, .normalized, .constrained: nil
      }
    }

    func model() throws -> Model {
      let type = try #require(OptimizerCatalog.named(optimizer))
      var values = settings.mapValues(\.value)
      for case (let name, .number(let number)) in values {
        // JSON has one kind of number.
        if case .optional(.integer) = type.schema.parameter(name)?.kind { values[name] = .integer(Int(number)) }
      }
      let optimizer = try type.init(Arguments(defaultsOf: type.schema, values))
      var model = Model(name: "recorded", inputShape: [20, 20, 3])
      try model.add(
        Conv2D(
          filters: 4, kernelSize: [3, 3], activation: .relu,
          kernelRegularizer: variant == .penalized ? Regularizer(l2: 0.01) : nil,
          biasRegularizer: variant == .penalized ? Regularizer(l1: 0.01) : nil,
          activityRegularizer: variant == .active ? Regularizer(l1: 0.0005, l2: 0.001) : nil,
          kernelConstraint: variant == .constrained ? .maxNorm(0.6, axes: [0, 1, 2]) : nil,
          biasConstraint: variant == .constrained ? .nonNegative : nil))
      if variant == .normalized { try model.add(BatchNormalization(momentum: 0.9)) }
      try model.add(MaxPooling2D())
      try model.add(Conv2D(filters: 8, kernelSize: [3, 3], activation: .relu))
      try model.add(MaxPooling2D())
      try model.add(Flatten())
      try model.add(
        Dense(
          units: 16, activation: .relu, kernelRegularizer: denseRegularizer,
          activityRegularizer: variant == .active ? Regularizer(l2: 0.01) : nil,
          kernelConstraint: variant == .constrained
            ? .minMaxNorm(lower: 0.5, upper: 0.9, rate: 0.3, axes: [0]) : nil,
          biasConstraint: variant == .constrained ? .maxNorm(2, axes: [0]) : nil))
      if variant == .normalized { try model.add(BatchNormalization(momentum: 0.9)) }
      try model.add(Dense(units: activation == .softmax ? 4 : 1, activation: activation))
      try model.compile(CompileSettings(loss: loss(), optimizer: optimizer, metrics: [.accuracy]))
      return model
    }
  }

  /// A number or a truth value.
  struct Setting: Decodable, Sendable {
    let value: Value

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        value = .boolean(flag)
      } else {
        value = .number(try container.decode(Double.self))
      }
    }
  }

  let images: RecordedArray
  let labels: [Int]
  let starts: [String: RecordedArray]
  let runs: [Run]

  static func read() throws -> TrajectoryRecord {
    try recorded("trajectories")
  }

  /// Eight of the images, in order, around and around.
  func batch(_ step: Int, _ run: Run) -> Batch {
    let indices = (step * 8..<step * 8 + 8).map { $0 % labels.count }
    let size = 20 * 20 * 3
    let modes: [Loss.Kind: ClassMode] = [
      .categoricalCrossentropy: .categorical, .sparseCategoricalCrossentropy: .sparse,
    ]
    let mode = modes[run.kind] ?? .binary
    return Batch(
      indices: indices, labels: indices.map { mode == .binary ? (labels[$0] > 1 ? 1 : 0) : labels[$0] },
      images: indices.map { index in
        PixelImage(
          height: 20, width: 20, channels: 3, bytes: images.values[index * size..<(index + 1) * size].map { UInt8($0) })
      },
      imageShape: [20, 20, 3], classMode: mode, standardization: Standardization(rescale: 1.0 / 255))
  }
}
