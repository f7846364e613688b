import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct WeightPenaltyTests {
  /// Kernel and bias of a convolution with penalties, a dense layer with one on its bias alone.
  private static func model() throws -> Model {
    try Model(
      [4, 4, 1],
      [
        Conv2D(
          filters: 2, kernelSize: [2, 2], kernelRegularizer: Regularizer(l2: 0.25),
          biasRegularizer: Regularizer(l1: 2)), Flatten(),
        Dense(units: 1, biasRegularizer: Regularizer(l2: 0.01)),
      ])
  }

  @Test func valueAndSlopeAreThoseOfTheFormulas() throws {
    let layout = WeightLayout(try Self.model())
    let penalty = WeightPenalty(layout)
    let weights = FloatBuffer(count: layout.count)
    for index in 0..<layout.count { weights.values[index] = Float(index % 5) - 2 }
    // Eight weights of the kernel, two biases, 18 weights without a penalty, one bias.
    let numbers: [Double] = (0..<layout.count).map { Double($0 % 5) - 2 }
    var expected = 0.0
    for index in 0..<8 { expected += 0.25 * numbers[index] * numbers[index] }
    for index in 8..<10 { expected += 2 * abs(numbers[index]) }
    expected += 0.01 * numbers[28] * numbers[28]
    #expect(layout.count == 29)
    #expect(abs(penalty.value(weights.values) - expected) < 1e-9)

    let slopes = FloatBuffer(count: layout.count)
    penalty.addSlopes(of: weights.values, to: slopes.values, scale: 3)
    for index in 0..<layout.count {
      let kept = weights.values[index]
      weights.values[index] = kept + 1e-2
      let above = penalty.value(weights.values)
      weights.values[index] = kept - 1e-2
      let expected = 3 * (above - penalty.value(weights.values)) / 2e-2
      weights.values[index] = kept
      #expect(abs(Double(slopes.values[index]) - expected) < 1e-3, "\(index)")
    }
    #expect(slopes.values.contains { $0 != 0 })
  }

  @Test func withoutRegularizersNothingIsAdded() throws {
    let layout = WeightLayout(try Model([3], [Dense(units: 2)]))
    let penalty = WeightPenalty(layout)
    let weights = FloatBuffer(count: layout.count)
    weights.values.update(repeating: .infinity)
    #expect(penalty.value(weights.values) == 0)
  }
}
