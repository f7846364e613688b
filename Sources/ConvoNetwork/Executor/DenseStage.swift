import ConvoTensor

/// The products of rows of values with a dense layer's kernel, with max(·, 0) in the same pass where wanted.
///
///     Y = X · W + b        dW += Xᵀ · dY        db += 1ᵀ · dY        dX = dY · Wᵀ
///
/// On rows, each job has a strip of Y, or of dW and dX, to itself, and the gradients go straight to where the optimizer
/// finds them. On the pixels of pictures they are added up block by block.
final class DenseStage: Stage {
  let name: String
  let input, output: Layout
  let hasBackward: Bool
  let gradients: [Layout]
  private let kernel: DenseKernel
  private let relu: Bool
  private let wantsInputGradient: Bool
  /// Rows of the matrices in each sample.
  private let rowsOfSample: Int
  private let samples: Int
  private let weights: Parameters
  private let bias: Parameters?
  private let onRows: Bool

  /// - Parameters:
  ///   - samples: The samples that go through at a time.
  ///   - rowsOfSample: The rows of each: 1, or the pixels of a picture.
  ///   - onRows: Whether the stage is one of those on rows.
  ///   - relu: Whether `forward` ends with max(·, 0).
  ///   - hasBackward: Whether the gradients of the weights are wanted.
  ///   - wantsInputGradient: Whether that of the input is as well.
  init(
    name: String, samples: Int, rowsOfSample: Int, onRows: Bool, relu: Bool, hasBackward: Bool,
    wantsInputGradient: Bool, kernels: KernelSet, parameters: [Parameters]
  ) throws(ComputeError) {
    guard let weights = parameters.first, weights.shape.sides.count == 2 else {
      throw ComputeError("dense", .invalidArguments)
    }
    let (inputs, units) = (weights.shape.sides[0], weights.shape.sides[1])
    let (rows, overflow) = samples.multipliedReportingOverflow(by: rowsOfSample)
    guard !overflow, let floats = Shape([rows, max(inputs, units)]).count, floats <= Int.max / 8 else {
      throw ComputeError("dense", .tooLarge)
    }
    self.name = name
    self.hasBackward = hasBackward
    self.samples = samples
    self.rowsOfSample = rowsOfSample
    self.onRows = onRows
    self.relu = relu
    self.wantsInputGradient = wantsInputGradient
    self.weights = weights
    bias = parameters.count > 1 ? parameters[1] : nil
    kernel = DenseKernel(inputs: inputs, units: units, set: kernels)
    input = try Layout.matrix(rows: rows, columns: inputs)
    output = try Layout.matrix(rows: rows, columns: units)
    var gradients: [Layout] = []
    if hasBackward && !onRows {
      for parameter in parameters { gradients.append(try Layout.vector(parameter.count)) }
    }
    self.gradients = gradients
  }

  let reason = "matrix product: convo's kernels"
  var kernels: [any ComputeKernel] { [] }
  var readsInput: Bool { hasBackward }
  var hasWeights: Bool { hasBackward }
  var scratchFloats: Int { kernel.scratchFloats }

  var operations: Work {
    let product = 2 * samples * rowsOfSample * kernel.inputs * kernel.units
    return Work(forward: product, backward: hasBackward ? product * (wantsInputGradient ? 2 : 1) : 0)
  }
  var traffic: Work {
    let values = input.byteCount + output.byteCount
    let kernelBytes = weights.count * MemoryLayout<Float>.stride
    let back = values + kernelBytes + (wantsInputGradient ? input.byteCount + kernelBytes : 0)
    return Work(forward: values + kernelBytes, backward: hasBackward ? back : 0)
  }

  func publish(_ gradients: [Tensor], on stream: ComputeStream) {
    // One after the other rather than in a list, which each step would make anew.
    if let sum = gradients.first { _ = weights.gradients?.floats(weights.count).update(from: sum.values) }
    if let bias, gradients.count > 1 {
      _ = bias.gradients?.floats(bias.count).update(from: gradients[1].values)
    }
  }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      stage: self, input: memory.input.pointer, output: memory.output.pointer,
      inputGradient: wantsInputGradient ? memory.inputGradient?.pointer : nil,
      outputGradient: hasBackward ? memory.outputGradient?.pointer : nil)
  }

  private struct Bound: BoundStage {
    let stage: DenseStage
    let input, output: UnsafeMutablePointer<Float>
    let inputGradient, outputGradient: UnsafeMutablePointer<Float>?

    var forwardJobs: Int { stage.kernel.forwardParts }
    var backwardJobs: Int { stage.kernel.backwardParts }

    func forward(on turn: Turn) {
      guard let scratch = turn.scratch.baseAddress else { return }
      // On pictures the whole block: what is missing of it must be numbers for the stages that follow.
      let samples = stage.onRows ? turn.samples.count : stage.samples
      stage.kernel.forward(
        part: turn.job, rows: samples * stage.rowsOfSample, input, kernel: stage.weights.values.pointer,
        bias: stage.bias?.values.pointer, relu: stage.relu, into: output, scratch: scratch)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let outputGradient, let scratch = turn.scratch.baseAddress else { return }
      let kernel = stage.kernel
      let rows = turn.samples.count * stage.rowsOfSample
      let adds = !stage.onRows || !turn.isFirst
      func target(_ index: Int, _ parameters: Parameters?) -> UnsafeMutablePointer<Float>? {
        stage.onRows
          ? parameters?.gradients?.pointer : index < gradients.count ? gradients[index].values.baseAddress : nil
      }
      if let target = target(0, stage.weights) {
        kernel.backwardKernel(
          part: turn.job, rows: rows, input, gradient: outputGradient, adds: adds, into: target, scratch: scratch)
      }
      if turn.job == 0, let target = target(1, stage.bias) {
        kernel.backwardBias(rows: rows, gradient: outputGradient, adds: adds, into: target)
      }
      guard let inputGradient else { return }
      kernel.backwardInput(
        part: turn.job, rows: rows, gradient: outputGradient, kernel: stage.weights.values.pointer, into: inputGradient,
        scratch: scratch)
      // Other stages go through the whole block: what is missing of it has no gradient.
      if turn.job == 0 && !stage.onRows { stage.clearMissing(turn.samples.count, of: inputGradient) }
    }
  }

  private func clearMissing(_ count: Int, of gradient: UnsafeMutablePointer<Float>) {
    let row = rowsOfSample * kernel.inputs
    UnsafeMutableBufferPointer(start: gradient + count * row, count: (samples - count) * row).update(repeating: 0)
  }
}
