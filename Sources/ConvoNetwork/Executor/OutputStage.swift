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

  init(_ plan: Plan, _ memory: ChunkMemory) throws(ComputeError) {
    self.plan = plan
    logits = MemoryPlace(buffer: memory.rowValues[plan.rows.lastEdge])
    logitsGradient = memory.rowGradients.last
    boundaryGradient = memory.rowGradients.first
    headInput = try logits.tensor(plan.headLayout)
    headOutput = plan.head == nil ? headInput : try Tensor(plan.headLayout)
  }

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
      gradientScale: targets.lossScale / Float(step.count),
      gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[..<count]) })
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
