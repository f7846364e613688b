import ConvoTensor

@testable import ConvoNetwork

/// What one step of an executor gives.
struct StepResult: Equatable {
  var outputs: [Float]
  var losses: [Float] = []
  var gradient: [Float] = []
}

extension Executor {
  /// One training step over arrays: `[samples, inputs]` and `[samples, targets]`.
  func step(_ inputs: [Float], targets: [Float], count: Int, width: Int, loss: Loss, noise: NoiseKey = NoiseKey())
    throws -> StepResult
  {
    try run(count, width) { outputs, losses in
      try targets.withUnsafeBufferPointer { targets in
        try gradientStep(
          count: count, inputs: filler(inputs, count), targets: targets, loss: loss, predictions: outputs,
          losses: losses, noise: noise)
      }
      return Array(gradients.values)
    }
  }

  /// Outputs and losses alone.
  func evaluation(_ inputs: [Float], targets: [Float], count: Int, width: Int, loss: Loss) throws -> StepResult {
    try run(count, width) { outputs, losses in
      try targets.withUnsafeBufferPointer { targets in
        try evaluate(
          count: count, inputs: filler(inputs, count), targets: targets, loss: loss, predictions: outputs,
          losses: losses)
      }
      return []
    }
  }

  /// Outputs alone.
  func prediction(_ inputs: [Float], count: Int, width: Int) throws -> [Float] {
    try run(count, width) { outputs, _ in
      try predict(count: count, inputs: filler(inputs, count), predictions: outputs)
      return []
    }.outputs
  }

  private func filler(_ inputs: [Float], _ count: Int) -> Fill {
    let size = inputs.count / max(count, 1)
    return { samples, into in
      precondition(into.count == samples.count * size)
      _ = into.update(from: inputs[samples.lowerBound * size..<samples.upperBound * size])
    }
  }

  private func run(
    _ count: Int, _ width: Int,
    _ body: (UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) throws -> [Float]
  ) throws -> StepResult {
    // A number that nothing computes shows what was not written.
    var result = StepResult(
      outputs: Array(repeating: -12345, count: count * width), losses: Array(repeating: -12345, count: count))
    result.gradient = try result.outputs.withUnsafeMutableBufferPointer { outputs in
      try result.losses.withUnsafeMutableBufferPointer { losses in try body(outputs, losses) }
    }
    return result
  }
}

extension Model {
  /// A model of these layers.
  init(_ input: Shape, _ layers: [any LayerSpec]) throws {
    self.init(name: "test", inputShape: input)
    for layer in layers { try add(layer) }
  }

  /// Numbers for every weight: kernels as large as Glorot's, biases up to 1/4, and what begins as 1 around it. As `record_layers.py` makes them.
  func testWeights(seed: UInt64) -> [Float] {
    var weights = numbers(parameterCount, seed: seed)
    for entry in WeightLayout(self).entries {
      var scale: Float = 0.25
      if entry.weight.shape.sides.count > 1,
        case .uniform(let limit) = Initializer.glorotUniform.distribution(for: entry.weight.shape)
      {
        scale = Float(limit)
      }
      for index in entry.range { weights[index] = weights[index] * scale + (entry.weight.initializer == .ones ? 1 : 0) }
    }
    return weights
  }
}
