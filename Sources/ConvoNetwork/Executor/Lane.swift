import ConvoTensor

/// All that one thread needs to take a chunk of samples through the network and back.
final class Lane: @unchecked Sendable {
  // Used by one thread at a time.
  let stream: ComputeStream
  private let plan: Plan
  // Keeps alive what the pointers below lead to, of which no stage may hold a part.
  private let memory: LaneMemory
  /// For each block of a chunk, the picture stages.
  private let imageStages: [[any BoundStage]]
  private let rowStages: [any BoundStage]
  /// For each block of a chunk, where its pictures go; one for the whole chunk where there are no picture stages.
  private let inputs: [UnsafeMutableBufferPointer<Float>]
  private let boundary: UnsafeMutableBufferPointer<Float>
  /// The linear part of the last layer, `[chunk, outputs]`.
  private let logits: UnsafeMutableBufferPointer<Float>
  private let logitsGradient: UnsafeMutableBufferPointer<Float>?
  private let headInput: Tensor
  private let headOutput: Tensor

  init(_ plan: Plan) throws(ComputeError) {
    self.plan = plan
    stream = try ComputeStream(running: plan.kernels.flatMap(\.operations))
    memory = LaneMemory(plan)
    imageStages = try memory.bindImages()
    rowStages = try memory.bindRows()
    inputs = memory.inputs
    boundary = memory.rowValues[0].values
    let last = MemoryPlace(buffer: memory.rowValues[plan.rows.lastEdge])
    logits = last.buffer.values
    logitsGradient = memory.rowGradients.last?.values
    headInput = try last.tensor(plan.headLayout)
    headOutput = plan.head == nil ? headInput : try Tensor(plan.headLayout)
  }

  /// The outputs of the last chunk, `[chunk, outputs]`.
  private var outputs: UnsafeMutableBufferPointer<Float> { headOutput.values }

  /// Takes samples forward, at most a chunk. `predictions` is that of the whole batch.
  func forward(
    _ samples: Range<Int>, _ fill: Executor.Fill, predictions: UnsafeMutableBufferPointer<Float>
  ) {
    let step = inputs.count == 1 ? plan.chunk : plan.block
    for (index, input) in inputs.enumerated() {
      let begin = samples.lowerBound + index * step
      guard begin < samples.upperBound else { break }
      let part = begin..<min(begin + step, samples.upperBound)
      // What is missing of the block counts as black pictures, whose gradients are zero.
      let used = part.count * plan.inputCount
      fill(part, UnsafeMutableBufferPointer(rebasing: input[..<used]))
      UnsafeMutableBufferPointer(rebasing: input[used...]).update(repeating: 0)
      if index < imageStages.count {
        for stage in imageStages[index] { stage.forward(on: stream) }
      }
    }
    // Rows of blocks that are missing altogether still hold an earlier chunk's values.
    let rowCount = boundary.count / plan.chunk
    UnsafeMutableBufferPointer(rebasing: boundary[(samples.count * rowCount)...]).update(repeating: 0)
    for stage in rowStages { stage.forward(on: stream) }
    if let head = plan.head { head.forward(headInput, into: headOutput, on: stream) }
    let width = plan.outputCount
    let place = UnsafeMutableBufferPointer(
      rebasing: predictions[samples.lowerBound * width..<samples.upperBound * width])
    _ = place.update(from: UnsafeMutableBufferPointer(rebasing: outputs[..<(samples.count * width)]))
  }

  /// The losses of the samples that went forward last and, where it is wanted, their gradient in the logits.
  func measure(_ samples: Range<Int>, _ targets: Targets, gradientScale: Float, wantsGradient: Bool) {
    let width = plan.outputCount
    let count = samples.count * width
    let targetWidth = targets.loss.targetWidth(outputs: width)
    let gradient = wantsGradient ? logitsGradient : nil
    targets.loss.evaluate(
      rows: samples.count, width: width,
      logits: UnsafeBufferPointer(rebasing: logits[..<count]),
      outputs: UnsafeBufferPointer(rebasing: outputs[..<count]), activation: plan.activation,
      targets: UnsafeBufferPointer(
        rebasing: targets.values[samples.lowerBound * targetWidth..<samples.upperBound * targetWidth]),
      losses: UnsafeMutableBufferPointer(rebasing: targets.losses[samples]), gradientScale: gradientScale,
      gradient: gradient.map { UnsafeMutableBufferPointer(rebasing: $0[..<count]) })
    if let gradient { UnsafeMutableBufferPointer(rebasing: gradient[count...]).update(repeating: 0) }
  }

  /// Takes the gradient of as many samples back to the first layer that has weights, and adds up those of the weights.
  func backward(_ count: Int, addingTo sums: GradientSums) {
    for (index, stage) in rowStages.enumerated().reversed() where plan.rows.stages[index].hasBackward {
      stage.backward(addingTo: sums.tensors[plan.images.stages.count + index], on: stream)
    }
    let used = (count + plan.block - 1) / plan.block
    for block in imageStages.prefix(used).reversed() {
      for (index, stage) in block.enumerated().reversed() where plan.images.stages[index].hasBackward {
        stage.backward(addingTo: sums.tensors[index], on: stream)
      }
    }
  }
}

/// The truth of a batch, and room for its losses.
struct Targets {
  let loss: Loss
  let values: UnsafeBufferPointer<Float>
  let losses: UnsafeMutableBufferPointer<Float>
}
