import CAllocationCount
import ConvoSchema
import ConvoTensor
import Testing

@testable import ConvoNetwork

/// A steady training allocates next to nothing: what a step needs was made when the executor was. What is left are the
/// contexts of a few closures for each step, whatever the model and the batch. One test after the other: the count is one
/// for the whole process.
@Suite(.serialized, .enabled(if: convo_allocations_can_be_counted())) struct AllocationTests {
  /// The kinds of layers that the notes have, on small pictures.
  private static let fused: [any LayerSpec] = [
    Conv2D(filters: 16, kernelSize: [3, 3], activation: .relu), MaxPooling2D(),
    Conv2D(filters: 32, kernelSize: [3, 3], activation: .relu), MaxPooling2D(),
    Flatten(), Dense(units: 64, activation: .relu),
  ]

  @Test(arguments: [16, 64])
  func aStepOfFusedAndDenseLayersAllocatesNextToNothing(batch: Int) throws {
    let found = try Self.allocationsOfSteps(Self.fused + [Dense(units: 1)], .meanSquaredError, batch: batch)
    #expect(found <= 20 * 4, "\(found)")
  }

  /// oneDNN makes a few objects each time when one of its operations runs, which can't be helped: here the sigmoid.
  @Test func anOperationOfOneDNNAddsLittle() throws {
    let layers: [any LayerSpec] = Self.fused + [Dense(units: 1, activation: .sigmoid)]
    let found = try Self.allocationsOfSteps(layers, .binaryCrossentropy, batch: 64)
    #expect(found <= 20 * 10, "\(found)")
  }

  /// The allocations of twenty training steps with their updates, after a few that may still make something.
  private static func allocationsOfSteps(_ layers: [any LayerSpec], _ loss: Loss, batch count: Int) throws -> Int {
    let model = try Model([30, 30, 3], layers)
    let executor = try Executor(model, largestBatch: count, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 1))
    let optimizer = Adam()
    let update = WeightUpdate(optimizer, variables: executor.layout.entries.map(\.range))
    var state = OptimizerState(for: optimizer, weights: executor.layout.count)
    let pictures = FloatBuffer(count: count * (model.inputShape.count ?? 0))
    let truth = FloatBuffer(count: count)
    let (outputs, losses) = (FloatBuffer(count: count), FloatBuffer(count: count))
    let size = pictures.count / count
    let fill: Executor.Fill = { samples, into in
      // The executor's threads are its own; here is where they can be met.
      convo_count_allocations(true)
      for index in 0..<samples.count * size {
        into[index] = pictures.values[samples.lowerBound * size + index]
      }
    }
    func step() throws {
      try executor.gradientStep(
        count: count, inputs: fill, targets: UnsafeBufferPointer(truth.values), loss: loss,
        predictions: outputs.values, losses: losses.values)
      update.step(&state, weights: executor.weights.values, gradients: executor.gradients.values) {
        executor.run(parts: $0, $1)
      }
    }
    convo_count_allocations(true)
    defer { convo_count_allocations(false) }
    for _ in 0..<10 { try step() }
    let before = convo_allocations()
    for _ in 0..<20 { try step() }
    return convo_allocations() - before
  }
}
