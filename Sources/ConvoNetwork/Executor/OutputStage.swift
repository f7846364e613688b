import ConvoTensor

/// What comes after the last stage: its activation, the outputs, the losses, and their gradient.
struct OutputStage {
  private let plan: Plan
  /// The linear part of the last layer, `[chunk, outputs]`.
  private let logits: MemoryPlace
  private let logitsGradient: FloatBuffer?
  /// What comes back to the last picture stage, one row for each sample of the chunk.
  private let boundaryGradient: FloatBuffer?
  private let headInput: Tensor
  private let headOutput: Tensor
  /// What the outputs of layers add to the loss of each sample of the chunk; `nil` where none does.
  private let penaltyBuffer: FloatBuffer?
  /// The gradient of the last layer's penalty on its outputs, of one sample; `nil` where there is none.
  private let outputSlopes: FloatBuffer?

  init(_ plan: Plan, _ memory: ChunkMemory) throws(ComputeError) {
    self.plan = plan
    logits = MemoryPlace(buffer: memory.rowValues[plan.rows.lastEdge])
    logitsGradient = memory.rowGradients.last
    boundaryGradient = memory.rowGradients.first
    headInput = try logits.tensor(plan.headLayout)
    headOutput = plan.head == nil ? headInput : try Tensor(plan.headLayout)
    penaltyBuffer = plan.penalizesOutputs ? FloatBuffer(count: plan.chunk) : nil
    outputSlopes = plan.outputRegularizer == nil ? nil : FloatBuffer(count: plan.outputCount)
  }

  /// Where stages add their penalties.
  var penalties: UnsafeMutablePointer<Float>? { penaltyBuffer?.first }

  /// Begins a chunk.
  func clearPenalties() { penaltyBuffer?.values.update(repeating: 0) }

  /// The outputs of the chunk's samples and, where they are wanted, their losses; in training their gradient as well.
  func run(_ samples: Range<Int>, of step: Step, on stream: ComputeStream) {
    if let head = plan.head { head.forward(headInput, into: headOutput, on: stream) }
    let width = plan.outputCount
    let count = samples.count * width
    let outputs = UnsafeMutableBufferPointer(rebasing: headOutput.values[..<count])
    let place = UnsafeMutableBufferPointer(
      rebasing: step.predictions[samples.lowerBound * width..<samples.upperBound * width])
    _ = place.update(from: outputs)
    guard let targets = step.targets else { return }
    let targetWidth = targets.loss.targetWidth(outputs: width)
    let gradient = step.isTraining ? logitsGradient?.values : nil
    targets.loss.evaluate(
      rows: samples.count, width: width, logits: UnsafeBufferPointer(logits.floats(count)),
      outputs: UnsafeBufferPointer(outputs), activation: plan.activation,
      targets: UnsafeBufferPointer(
        rebasing: targets.values[samples.lowerBound * targetWidth..<samples.upperBound * targetWidth]),
      losses: UnsafeMutableBufferPointer(rebasing: targets.losses[samples]),
      gradientScale: step.gradientScale, gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[..<count]) })
    penalize(
      outputs, UnsafeMutableBufferPointer(rebasing: targets.losses[samples]), gradient, scale: step.gradientScale)
  }

  /// Adds the penalties on outputs to the losses, and that of the last layer to the gradient of the logits.
  private func penalize(
    _ outputs: UnsafeMutableBufferPointer<Float>, _ losses: UnsafeMutableBufferPointer<Float>,
    _ gradient: UnsafeMutableBufferPointer<Float>?, scale: Float
  ) {
    if let penalties { for row in losses.indices { losses[row] += penalties[row] } }
    guard let regularizer = plan.outputRegularizer, let slopes = outputSlopes?.values else { return }
    for row in losses.indices {
      let place = row * plan.outputCount
      let values = UnsafeBufferPointer(rebasing: outputs[place..<place + plan.outputCount])
      losses[row] += Float(regularizer.value(values))
      guard let gradient else { continue }
      slopes.update(repeating: 0)
      regularizer.addSlopes(at: values, to: slopes, scale: scale)
      plan.activation.pullBack(slopes, outputs: values)
      for index in slopes.indices { gradient[place + index] += slopes[index] }
    }
  }

  /// What is missing of a short block has no gradient.
  func clearMissing(_ samples: Range<Int>, in block: Int) {
    guard samples.count < plan.block, let gradient = boundaryGradient?.values else { return }
    let row = gradient.count / plan.chunk
    let start = block * plan.block
    let missing = (start + samples.count) * row..<(start + plan.block) * row
    UnsafeMutableBufferPointer(rebasing: gradient[missing]).update(repeating: 0)
  }
}
