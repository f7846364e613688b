import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// Layers that look at all samples of a batch at once, and random ones.
@Suite struct WholeBatchTests {
  private static func model() throws -> Model {
    try Model(
      [13, 11, 3],
      [
        Conv2D(filters: 6, kernelSize: [3, 3], activation: .relu), BatchNormalization(), MaxPooling2D(),
        Conv2D(filters: 17, kernelSize: [3, 3]), BatchNormalization(momentum: 0.5), Dropout(rate: 0.2), Flatten(),
        Dense(units: 90, activation: .relu), BatchNormalization(), Dropout(rate: 0.4),
        Dense(units: 3, activation: .softmax),
      ])
  }

  private struct Outcome: Equatable {
    var step: StepResult
    var weights: [Float]
  }

  private static func run(_ model: Model, largestBatch: Int = 128, threads: Int, count: Int) throws -> Outcome {
    let executor = try Executor(model, largestBatch: largestBatch, threads: threads, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    let step = try step(executor, model, count: count)
    return Outcome(step: step, weights: Array(executor.weights.values))
  }

  private static func step(_ executor: Executor, _ model: Model, count: Int) throws -> StepResult {
    try executor.step(
      numbers(count * (model.inputShape.count ?? 0), seed: 3), targets: (0..<count).map { Float($0 % 3) }, count: count,
      width: 3, loss: .sparseCategoricalCrossentropy, noise: NoiseKey(seed: 3, step: 5))
  }

  @Test(arguments: [1, 7, 40, 128])
  func anyNumberOfThreadsGivesTheSameBits(count: Int) throws {
    let model = try Self.model()
    let one = try Self.run(model, threads: 1, count: count)
    for threads in [2, 3, 4] { #expect(try Self.run(model, threads: threads, count: count) == one) }
    #expect(one.weights != model.testWeights(seed: 7))
    #expect(one.step.gradient.allSatisfy { $0.isFinite })
  }

  /// A short batch counts as many samples as it has, whatever there is room for.
  @Test(arguments: [1, 5, 16, 17, 33])
  func samplesThatAreMissingDoNotCount(count: Int) throws {
    let model = try Self.model()
    let roomy = try Self.run(model, threads: 2, count: count)
    let narrow = try Self.run(model, largestBatch: count, threads: 2, count: count)
    // One sample alone has variances of zero on rows, whose inverses magnify every rounding.
    let allowed: Float = count == 1 ? 1e-3 : 2e-5
    #expect(largestError(roomy.step.outputs, narrow.step.outputs, floor: 1e-1) < allowed)
    let scale = narrow.step.gradient.reduce(0) { max($0, abs($1)) }
    #expect(largestError(roomy.step.gradient, narrow.step.gradient, floor: scale) < allowed)
    #expect(largestError(roomy.weights, narrow.weights) < 1e-6)
  }

  @Test func aStepLeavesNothingBehindForTheNext() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 64, threads: 2, forTraining: true)
    func fresh(_ count: Int) throws -> StepResult {
      _ = executor.weights.values.update(from: model.testWeights(seed: 7))
      return try Self.step(executor, model, count: count)
    }
    let first = try fresh(5)
    executor.weights.values.update(repeating: .nan)
    _ = try Self.step(executor, model, count: 64)
    #expect(try fresh(5) == first)
    let inputs = numbers(64 * (model.inputShape.count ?? 0), seed: 9)
    _ = try executor.prediction(inputs, count: 64, width: 3)
    #expect(try fresh(5) == first)
  }

  @Test func useLeavesTheMovingStatisticsAlone() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 16, threads: 2, forTraining: true)
    let weights = model.testWeights(seed: 7)
    _ = executor.weights.values.update(from: weights)
    let inputs = numbers(40 * (model.inputShape.count ?? 0), seed: 9)
    let trainer = try executor.prediction(inputs, count: 40, width: 3)
    #expect(Array(executor.weights.values) == weights)
    let user = try Executor(model, largestBatch: 64, threads: 1, forTraining: false)
    _ = user.weights.values.update(from: weights)
    let used = try user.prediction(inputs, count: 40, width: 3)
    #expect(largestError(used, trainer, floor: 1e-1) < 1e-5)
  }

  @Test func aBatchLargerThanPlannedIsRefused() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 8, threads: 1, forTraining: true)
    #expect(throws: ExecutorError.batch(count: 9, largest: 8)) { try Self.step(executor, model, count: 9) }
  }

  /// The mean is a thousand deviations away from zero.
  @Test func aFarMeanLosesNothing() throws {
    let model = try Model([4, 4, 2], [BatchNormalization(epsilon: 0), Flatten()])
    let count = 50
    let inputs = numbers(count * 32, seed: 5).map { 1000 + $0 }
    let executor = try Executor(model, largestBatch: count, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: [1, 1, 0, 0, 0, 0, 1, 1])
    let found = try executor.step(
      inputs, targets: [Float](repeating: 0, count: count * 32), count: count, width: 32, loss: .meanSquaredError
    ).outputs
    let expected = ReferenceNetwork(model: model)
      .outputs((0..<count).map { inputs[$0 * 32..<($0 + 1) * 32].map(Double.init) }, weights: [1, 1, 0, 0, 0, 0, 1, 1])
    // The mean itself is rounded to single precision: 3e-5 of a deviation.
    #expect(largestError(found, expected.joined().map(Float.init)) < 1e-4)
  }
}
