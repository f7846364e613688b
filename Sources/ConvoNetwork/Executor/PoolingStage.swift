import ConvoTensor

/// The maximum or the mean of each window.
final class PoolingStage: Stage {
  let name: String
  let hasBackward: Bool
  private let kernel: PoolingKernel

  init(name: String, kernel: PoolingKernel, hasBackward: Bool) {
    self.name = name
    self.kernel = kernel
    self.hasBackward = hasBackward
  }

  var reason: String { "oneDNN" }
  var kernels: [any ComputeKernel] { [kernel] }
  var input: Layout { kernel.source }
  var output: Layout { kernel.destination }
  var recordBytes: Int { kernel.places?.byteCount ?? 0 }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    var places: Tensor?
    if let layout = kernel.places { places = try memory.record?.tensor(layout) }
    return Bound(
      kernel: kernel, input: try memory.input.tensor(input), output: try memory.output.tensor(output), places: places,
      inputGradient: hasBackward ? try memory.inputGradient?.tensor(input) : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil)
  }

  private struct Bound: BoundStage {
    let kernel: PoolingKernel
    let input, output: Tensor
    let places: Tensor?
    let inputGradient, outputGradient: Tensor?

    func forward(on turn: Turn) {
      kernel.forward(input, into: output, places: places, on: turn.stream)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let inputGradient, let outputGradient else { return }
      kernel.backward(
        destinationGradient: outputGradient, places: places, sourceGradient: inputGradient, on: turn.stream)
    }
  }
}
