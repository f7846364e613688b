import ConvoTensor

/// A convolution, with max(·, 0) in the same pass where wanted.
final class ConvolutionStage: Stage {
  let name: String
  private let kernel: ConvolutionKernel
  private let weights: ConvolutionWeights
  private let wants: ConvolutionKernel.Gradients
  let reason: String
  let operations: Work

  /// - Parameters:
  ///   - reason: Why it is a convolution by oneDNN.
  ///   - operations: Multiplications and additions of one way of a block.
  init(
    name: String, reason: String, operations: Int, kernel: ConvolutionKernel, groups: Int,
    wants: ConvolutionKernel.Gradients, parameters: [Parameters]
  ) throws(ComputeError) {
    self.name = name
    self.kernel = kernel
    self.wants = wants
    self.reason = reason
    let back: Int
    switch wants {
    case .none: back = 0
    case .filters: back = operations
    case .filtersAndSource: back = 2 * operations
    }
    self.operations = Work(forward: operations, backward: back)
    weights = try ConvolutionWeights(kernel, groups: groups, parameters)
  }

  var kernels: [any ComputeKernel] { [kernel] + weights.reorders }
  var input: Layout { kernel.source }
  var output: Layout { kernel.destination }
  var hasBackward: Bool { wants != .none }
  var readsInput: Bool { hasBackward }
  var gradients: [Layout] { weights.gradientLayouts }
  var scratchFloats: Int { gradients.reduce(0) { $0 + $1.floatCount.alignedForVectors } }
  var packedBytes: Int { weights.packedBytes }

  func refresh(on stream: ComputeStream) { weights.refresh(on: stream) }

  func publish(_ gradients: [Tensor], on stream: ComputeStream) { weights.publish(gradients, on: stream) }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    var scratch: [Tensor] = []
    if var place = memory.scratch {
      for layout in gradients {
        scratch.append(try place.tensor(layout))
        place.offset += layout.floatCount.alignedForVectors
      }
    }
    return Bound(
      kernel: kernel, weights: weights, input: try memory.input.tensor(input), output: try memory.output.tensor(output),
      inputGradient: wants == .filtersAndSource ? try memory.inputGradient?.tensor(input) : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil, scratch: scratch)
  }

  private struct Bound: BoundStage {
    let kernel: ConvolutionKernel
    let weights: ConvolutionWeights
    let input, output: Tensor
    let inputGradient, outputGradient: Tensor?
    let scratch: [Tensor]

    func forward(on turn: Turn) {
      kernel.forward(input, filters: weights.forward, bias: weights.bias, into: output, on: turn.stream)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let outputGradient, let filterGradient = scratch.first else { return }
      kernel.backwardFilters(
        source: input, destinationGradient: outputGradient, filterGradient: filterGradient,
        biasGradient: scratch.count > 1 ? scratch[1] : nil, on: turn.stream)
      for (sum, part) in zip(gradients, scratch) { sum.values.add(part.values) }
      if let inputGradient, let filters = weights.backward {
        kernel.backwardSource(
          destinationGradient: outputGradient, filters: filters, sourceGradient: inputGradient, on: turn.stream)
      }
    }
  }
}

/// The filters of a convolution in the layouts of its kernel, and the way of the gradients back to Keras's layout.
private final class ConvolutionWeights: Sendable {
  let forward: Tensor
  let backward: Tensor?
  let bias: Tensor?
  let gradientLayouts: [Layout]
  private let filters: Tensor
  private let packForward: Reorder
  private let packBackward: Reorder?
  private let publication: [(reorder: Reorder, target: Tensor)]

  init(_ kernel: ConvolutionKernel, groups: Int, _ parameters: [Parameters]) throws(ComputeError) {
    guard let filters = parameters.first else { throw ComputeError("forward convolution", .invalidArguments) }
    let plain = try Layout.filters(filters.shape, groups: groups)
    self.filters = try filters.values.tensor(plain)
    forward = try Tensor(kernel.forwardFilters)
    packForward = try Reorder(from: plain, to: kernel.forwardFilters)
    if let layout = kernel.backwardFilters {
      backward = try Tensor(layout)
      packBackward = try Reorder(from: plain, to: layout)
    } else {
      (backward, packBackward) = (nil, nil)
    }
    let biasParameters = parameters.count > 1 ? parameters[1] : nil
    var gradientLayouts: [Layout] = []
    var publication: [(Reorder, Tensor)] = []
    if let layout = kernel.filterGradient, let target = filters.gradients {
      gradientLayouts.append(layout)
      publication.append((try Reorder(from: layout, to: plain), try target.tensor(plain)))
    }
    if let biasParameters {
      let layout = try Layout.vector(biasParameters.count)
      bias = try biasParameters.values.tensor(layout)
      if kernel.filterGradient != nil, let target = biasParameters.gradients {
        gradientLayouts.append(layout)
        publication.append((try Reorder(from: layout, to: layout), try target.tensor(layout)))
      }
    } else {
      bias = nil
    }
    self.gradientLayouts = gradientLayouts
    self.publication = publication
  }

  var reorders: [Reorder] { [packForward] + [packBackward].compactMap { $0 } + publication.map(\.reorder) }
  var packedBytes: Int { forward.layout.byteCount + (backward?.layout.byteCount ?? 0) }

  func refresh(on stream: ComputeStream) {
    packForward.run(filters, into: forward, on: stream)
    if let packBackward, let backward { packBackward.run(filters, into: backward, on: stream) }
  }

  func publish(_ gradients: [Tensor], on stream: ComputeStream) {
    for (sum, publication) in zip(gradients, publication) {
      publication.reorder.run(sum, into: publication.target, on: stream)
    }
  }
}
