import ConvoTensor

/// One call of the executor: what goes in, and where what comes out is to go.
struct Step {
  /// The samples.
  let count: Int
  let inputs: Executor.Fill
  /// `[count, outputs]`.
  let predictions: UnsafeMutableBufferPointer<Float>
  /// `nil` where outputs alone are wanted.
  let targets: Targets?
  let isTraining: Bool
  let noise: NoiseKey

  /// What the sum of the losses is multiplied by before its gradient is taken.
  var gradientScale: Float { (targets?.lossScale ?? 1) / Float(count) }
}

/// The truth of a batch, and room for its losses.
struct Targets {
  let loss: Loss
  let values: UnsafeBufferPointer<Float>
  let losses: UnsafeMutableBufferPointer<Float>
  /// What the loss is multiplied by before its gradient is taken.
  var lossScale: Float = 1
}
