import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

extension GradientCase {
  private static let noise = NoiseKey(seed: 6, step: 2)

  /// Compares the executor's outputs with the reference's, and its gradient with central differences of a
  /// double-precision loss.
  func check(kernels: KernelSet = .best) throws {
    let model = try Model(input, layers)
    let count = 3
    let width = try #require(model.outputShape.count)
    let inputs = numbers(count * (model.inputShape.count ?? 0), seed: 11)
    let targets = numbers(count * width, seed: 12)
    let weights = model.testWeights(seed: 13)
    let executor = try Executor(model, largestBatch: count, threads: 2, forTraining: true, kernels: kernels)
    _ = executor.weights.values.update(from: weights)
    let found = try executor.step(
      inputs, targets: targets, count: count, width: width, loss: .meanSquaredError, noise: Self.noise)

    let reference = ReferenceNetwork(model: model, noise: Self.noise)
    var moved = weights.map(Double.init)
    func loss() -> Double {
      reference.loss(inputs.map(Double.init), targets: targets.map(Double.init), count: count, weights: moved)
    }
    let size = inputs.count / count
    let samples = (0..<count).map { inputs[$0 * size..<($0 + 1) * size].map(Double.init) }
    let expectedOutputs = reference.outputs(samples, weights: moved).flatMap { $0 }
    #expect(largestError(found.outputs, expectedOutputs.map(Float.init)) < 2e-6)

    let step = 1e-6
    let slopes = weights.indices.map { index in
      let weight = moved[index]
      defer { moved[index] = weight }
      moved[index] = weight + step
      let above = loss()
      moved[index] = weight - step
      return Float((above - loss()) / (2 * step))
    }
    let scale = slopes.reduce(0) { max($0, abs($1)) }
    #expect(scale > 0)
    #expect(largestError(found.gradient, slopes, floor: scale) < 2e-6)
  }
}
