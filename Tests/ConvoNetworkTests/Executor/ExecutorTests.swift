import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct ExecutorTests {
  /// Picture stages and row stages, ReLU before pooling, an odd picture, more than one block in a chunk.
  private static func model() throws -> Model {
    try Model(
      [21, 18, 3],
      [
        Conv2D(filters: 6, kernelSize: [3, 3], padding: .same, activation: .relu), MaxPooling2D(),
        Conv2D(filters: 17, kernelSize: [3, 3], activation: .relu), MaxPooling2D(padding: .same), Flatten(),
        Dense(units: 20, activation: .relu), Dense(units: 3, activation: .softmax),
      ])
  }

  /// The layers that the first model has not.
  private static func otherModel() throws -> Model {
    try Model(
      [21, 18, 3],
      [
        Rescaling(scale: PerChannel([0.5, 1, 2]), offset: PerChannel(0.1)),
        Conv2D(
          filters: 6, kernelSize: [3, 3], dilationRate: [2, 1], activityRegularizer: Regularizer(l1: 0.01, l2: 0.02)),
        ActivationLayer(.leakyReLU),
        AveragePooling2D(poolSize: [2, 2], padding: .same),
        Conv2D(filters: 18, kernelSize: [3, 2], groups: 2, activation: .relu, useBias: false),
        AveragePooling2D(poolSize: [2, 2]), GlobalMaxPooling2D(keepDims: true), Conv2D(filters: 5, kernelSize: [1, 1]),
        GlobalAveragePooling2D(), Rescaling(scale: PerChannel(-2)),
        Dense(units: 20, activityRegularizer: Regularizer(l2: 0.1)), ActivationLayer(.tanh),
        Dense(units: 3), ActivationLayer(.softmax),
      ])
  }

  private static func run(_ model: Model, largestBatch: Int, threads: Int, count: Int) throws -> StepResult {
    let executor = try Executor(model, largestBatch: largestBatch, threads: threads, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    return try step(executor, model, count: count)
  }

  private static func step(_ executor: Executor, _ model: Model, count: Int) throws -> StepResult {
    try executor.step(
      numbers(count * (model.inputShape.count ?? 0), seed: 3), targets: (0..<count).map { Float($0 % 3) }, count: count,
      width: 3, loss: .sparseCategoricalCrossentropy)
  }

  @Test(arguments: [1, 7, 40, 128, 150])
  func anyNumberOfThreadsGivesTheSameBits(count: Int) throws {
    for model in try [Self.model(), Self.otherModel()] {
      let one = try Self.run(model, largestBatch: 128, threads: 1, count: count)
      for threads in [2, 3, 4] {
        #expect(try Self.run(model, largestBatch: 128, threads: threads, count: count) == one)
      }
      #expect(one.gradient.contains { $0 != 0 })
    }
  }

  @Test func aStepLeavesNothingBehindForTheNext() throws {
    for model in try [Self.model(), Self.otherModel()] {
      let executor = try Executor(model, largestBatch: 64, threads: 2, forTraining: true)
      _ = executor.weights.values.update(from: model.testWeights(seed: 7))
      let first = try Self.step(executor, model, count: 5)
      _ = try Self.step(executor, model, count: 64)
      #expect(try Self.step(executor, model, count: 5) == first)
    }
  }

  @Test func aStepAfterWeightsThatWereNotNumbersIsClean() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 64, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    let first = try Self.step(executor, model, count: 5)
    executor.weights.values.update(repeating: .nan)
    let broken = try Self.step(executor, model, count: 64)
    #expect(broken.losses.allSatisfy { $0.isNaN })
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    #expect(try Self.step(executor, model, count: 5) == first)
  }

  /// The gradient of a mean is the mean of the gradients, whatever the cuts.
  @Test(arguments: [1, 3, 16, 17, 33])
  func aShortBatchIsTheMeanOfItsSamples(count: Int) throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 128, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    let whole = try Self.step(executor, model, count: count)
    let size = model.inputShape.count ?? 0
    let inputs = numbers(count * size, seed: 3)
    var mean = [Double](repeating: 0, count: whole.gradient.count)
    var outputs: [Float] = []
    for sample in 0..<count {
      let one = try executor.step(
        Array(inputs[sample * size..<(sample + 1) * size]), targets: [Float(sample % 3)], count: 1, width: 3,
        loss: .sparseCategoricalCrossentropy)
      outputs += one.outputs
      for index in mean.indices { mean[index] += Double(one.gradient[index]) / Double(count) }
    }
    #expect(largestError(whole.outputs, outputs, floor: 1e-2) < 1e-5)
    #expect(largestError(whole.gradient, mean.map(Float.init), floor: 1e-2) < 1e-5)
  }

  @Test func anEmptyBatchHasNoGradient() throws {
    let result = try Self.run(Self.model(), largestBatch: 8, threads: 2, count: 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test func aModelWithoutWeightsRuns() throws {
    let model = try Model([4, 4, 1], [MaxPooling2D(), Flatten()])
    let executor = try Executor(model, largestBatch: 2, threads: 2, forTraining: true)
    let inputs = (0..<32).map(Float.init)
    let result = try executor.step(
      inputs, targets: [Float](repeating: 0, count: 8), count: 2, width: 4, loss: .meanSquaredError)
    #expect(result.outputs == [5, 7, 13, 15, 21, 23, 29, 31])
    #expect(result.gradient == [])
  }

  @Test func aModelWithoutLayersHandsItsInputOn() throws {
    let executor = try Executor(try Model([3], []), largestBatch: 2, threads: 1, forTraining: false)
    #expect(try executor.prediction([1, 2, 3, 4, 5, 6], count: 2, width: 3) == [1, 2, 3, 4, 5, 6])
  }

  /// oneDNN's ReLU and maximum count what is not a number as nothing; everything else hands it on.
  @Test func notANumberGoesThrough() throws {
    let model = try Model(
      [8, 8, 3], [Conv2D(filters: 4, kernelSize: [3, 3]), Flatten(), Dense(units: 3, activation: .softmax)])
    let executor = try Executor(model, largestBatch: 4, threads: 2, forTraining: false)
    _ = executor.weights.values.update(from: model.testWeights(seed: 7))
    var inputs = numbers(2 * 8 * 8 * 3, seed: 3)
    for index in 0..<inputs.count / 2 { inputs[index] = .nan }
    let outputs = try executor.prediction(inputs, count: 2, width: 3)
    #expect(outputs[..<3].allSatisfy { $0.isNaN })
    #expect(outputs[3...].allSatisfy { !$0.isNaN })
  }

  /// What is kept of a single sample for the way back is more than 64 GB: 1 GB for each layer.
  @Test(.enabled(if: Memory.available < 1 << 36)) func tooLargeAModelIsRefused() throws {
    let layers: [any LayerSpec] = (0..<66).map { _ in Conv2D(filters: 5, kernelSize: [1, 1]) }
    let model = try Model([4096, 4096, 3], layers + [Conv2D(filters: 5, kernelSize: [3, 3], strides: [64, 64])])
    let error = #expect(throws: ExecutorError.self) {
      try Executor(model, largestBatch: 128, threads: 4, forTraining: true)
    }
    guard case .tooLarge(let needed, let available)? = error else {
      Issue.record("not the expected error")
      return
    }
    #expect(needed > available)
  }

  @Test func tooLargeALayerIsRefusedByName() throws {
    let model = try Model([20000, 20000, 1], [MaxPooling2D(poolSize: [100, 100]), Flatten(), Dense(units: 1)])
    let error = #expect(throws: ExecutorError.self) {
      try Executor(model, largestBatch: 1, threads: 1, forTraining: false)
    }
    #expect(error?.problem.contains("20000x20000x1") == true)
  }
}
