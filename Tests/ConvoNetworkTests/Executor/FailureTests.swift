import ConvoTensor
import Testing

@testable import ConvoNetwork

/// An operation that fails while it runs ends the step, not the process.
@Suite struct ExecutorFailureTests {
  private static func model() throws -> Model {
    try Model([6, 6, 2], [Conv2D(filters: 3, kernelSize: [3, 3]), BatchNormalization(), Flatten(), Dense(units: 2)])
  }

  @Test func theStepThrowsAndTheNextOneIsClean() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 20, threads: 2, forTraining: true)
    func step() throws -> StepResult {
      try executor.step(
        numbers(20 * 72, seed: 1), targets: numbers(40, seed: 2), count: 20, width: 2, loss: .meanSquaredError)
    }
    let weights = model.testWeights(seed: 7)
    _ = executor.weights.values.update(from: weights)
    let good = try step()
    _ = executor.weights.values.update(from: weights)

    let failure = ComputeError("forward convolution", .failed(status: 6))
    // Both threads at once.
    executor.failNextStep(failure)
    let error = #expect(throws: ExecutorError.self) { try step() }
    #expect(error == .stopped(failure))
    #expect(error?.problem == "computing stopped: forward convolution: oneDNN failed with status 6")
    #expect(error?.help.isEmpty == false)
    // The moving statistics as well.
    #expect(Array(executor.weights.values) == weights)
    #expect(try step() == good)
  }

  @Test func evaluateAndPredictThrowAsWell() throws {
    let executor = try Executor(Self.model(), largestBatch: 4, threads: 1, forTraining: false)
    let inputs = numbers(4 * 72, seed: 1)
    executor.failNextStep(ComputeError("test", .outOfMemory))
    #expect(throws: ExecutorError.stopped(ComputeError("test", .outOfMemory))) {
      try executor.prediction(inputs, count: 4, width: 2)
    }
    executor.failNextStep(ComputeError("test", .outOfMemory))
    #expect(throws: ExecutorError.self) {
      try executor.evaluation(inputs, targets: numbers(8, seed: 2), count: 4, width: 2, loss: .meanSquaredError)
    }
    #expect(try executor.prediction(inputs, count: 4, width: 2).count == 8)
  }
}
