import ConvoTensor

/// A 3x3 convolution, ReLU and 2x2 max pooling as one calculation.
final class BlockStage: Stage {
  let name: String
  let reason: String
  let input, output: Layout
  let hasBackward: Bool
  let gradients: [Layout]
  private let kernel: BlockKernel
  private let pictures: Int
  private let weights: BlockWeights
  private let wantsInputGradient: Bool

  /// - Parameters:
  ///   - pictures: How many lie in a block of samples.
  ///   - hasBackward: Whether the gradients of the weights are wanted.
  ///   - wantsInputGradient: Whether that of the input is as well; the kernel was made accordingly.
  init(
    name: String, reason: String, kernel: BlockKernel, pictures: Int, hasBackward: Bool, wantsInputGradient: Bool,
    parameters: [Parameters]
  ) throws(ComputeError) {
    self.name = name
    self.reason = reason
    self.kernel = kernel
    self.pictures = pictures
    self.hasBackward = hasBackward
    self.wantsInputGradient = wantsInputGradient
    input = try Layout.images(kernel.input, batch: pictures)
    output = try Layout.images(kernel.output, batch: pictures)
    weights = try BlockWeights(kernel, parameters, wantsInputGradient: wantsInputGradient)
    gradients = hasBackward ? [try Layout.vector(kernel.gradientCount), try Layout.vector(kernel.output.sides[2])] : []
  }

  var kernels: [any ComputeKernel] { [] }
  var readsInput: Bool { hasBackward }
  var recordBytes: Int { hasBackward ? output.floatCount : 0 }
  var scratchFloats: Int { kernel.scratchBytes / MemoryLayout<Float>.stride }
  var packedBytes: Int { weights.byteCount }

  /// As many as a layer that skips nothing has to do.
  var operations: Work {
    let dense = kernel.denseOperations * pictures
    return Work(forward: dense, backward: hasBackward ? dense * (wantsInputGradient ? 2 : 1) : 0)
  }

  func refresh(on stream: ComputeStream) { weights.refresh() }

  func publish(_ gradients: [Tensor], on stream: ComputeStream) { weights.publish(gradients) }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      kernel: kernel, pictures: pictures, weights: weights, input: memory.input, output: memory.output,
      record: memory.record, inputGradient: wantsInputGradient ? memory.inputGradient : nil,
      outputGradient: hasBackward ? memory.outputGradient : nil)
  }

  private struct Bound: BoundStage {
    let kernel: BlockKernel
    let pictures: Int
    let weights: BlockWeights
    let input, output: MemoryPlace
    let record, inputGradient, outputGradient: MemoryPlace?

    private var inputCount: Int { kernel.input.count ?? 0 }
    private var outputCount: Int { kernel.output.count ?? 0 }

    /// The winners of one picture: a byte for each value.
    private func winners(_ picture: Int) -> UnsafeMutablePointer<UInt8>? {
      guard let record else { return nil }
      return UnsafeMutableRawPointer(record.pointer).assumingMemoryBound(to: UInt8.self) + picture * outputCount
    }

    func forward(on turn: Turn) {
      guard let scratch = UnsafeMutableRawPointer(turn.scratch.baseAddress) else { return }
      for picture in 0..<pictures {
        kernel.forward(
          input.pointer + picture * inputCount, packed: weights.packed, bias: weights.bias,
          into: output.pointer + picture * outputCount, winners: winners(picture), scratch: scratch)
      }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard gradients.count == 2, let sum = gradients[0].values.baseAddress,
        let biasSum = gradients[1].values.baseAddress, let outputGradient,
        let scratch = UnsafeMutableRawPointer(turn.scratch.baseAddress)
      else { return }
      for picture in 0..<pictures {
        guard let winners = winners(picture) else { return }
        let slopes = outputGradient.pointer + picture * outputCount
        kernel.backwardFilters(
          input.pointer + picture * inputCount, outputGradient: slopes, winners: winners, addingTo: sum, bias: biasSum,
          scratch: scratch)
        if let inputGradient, let packed = weights.packedTransposed {
          kernel.backwardInput(
            outputGradient: slopes, winners: winners, packed: packed,
            into: inputGradient.pointer + picture * inputCount, scratch: scratch)
        }
      }
    }
  }
}

/// The weights of a fused block in the orders of its kernels, and the way of the gradients back to Keras's layout.
private final class BlockWeights: @unchecked Sendable {
  // Written by `refresh`, which nothing runs beside.
  private let forward, biases: FloatBuffer
  private let backward: FloatBuffer?
  private let kernel: BlockKernel
  private let filters: Parameters
  private let biasParameters: Parameters?

  init(_ kernel: BlockKernel, _ parameters: [Parameters], wantsInputGradient: Bool) throws(ComputeError) {
    guard let filters = parameters.first else { throw ComputeError("fused block", .invalidArguments) }
    self.kernel = kernel
    self.filters = filters
    biasParameters = parameters.count > 1 ? parameters[1] : nil
    forward = FloatBuffer(count: kernel.packedCount)
    biases = FloatBuffer(count: kernel.output.sides[2])
    backward = wantsInputGradient ? FloatBuffer(count: kernel.gradientCount) : nil
  }

  var packed: UnsafeMutablePointer<Float> { MemoryPlace(buffer: forward).pointer }
  var packedTransposed: UnsafeMutablePointer<Float>? { backward.map { MemoryPlace(buffer: $0).pointer } }
  /// With the padding of filters; all zero where the layer has none.
  var bias: UnsafeMutablePointer<Float> { MemoryPlace(buffer: biases).pointer }
  var byteCount: Int {
    (forward.count + biases.count + (backward?.count ?? 0)) * MemoryLayout<Float>.stride
  }

  func refresh() {
    kernel.pack(filters.values.pointer, into: packed)
    if let packedTransposed { kernel.packTransposed(filters.values.pointer, into: packedTransposed) }
    if let biasParameters { bias.update(from: biasParameters.values.pointer, count: biasParameters.count) }
  }

  func publish(_ gradients: [Tensor]) {
    guard gradients.count == 2, let sum = gradients[0].values.baseAddress, let biasSum = gradients[1].values.baseAddress
    else { return }
    if let target = filters.gradients { kernel.unpack(sum, into: target.pointer) }
    if let biasParameters, let target = biasParameters.gradients {
      target.pointer.update(from: biasSum, count: biasParameters.count)
    }
  }
}
