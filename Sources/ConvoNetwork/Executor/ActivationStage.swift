import ConvoTensor

/// A layer's activation, in place where what was there is not read again.
final class ActivationStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let kernel: ActivationKernel
  private let isReLU, isFused: Bool

  /// - Parameter isFused: Whether a stage before has applied the function already, so that only its gradient is left to
  ///   do.
  init(name: String, kernel: ActivationKernel, isReLU: Bool, layout: Layout, isFused: Bool, hasBackward: Bool) {
    self.name = name
    self.kernel = kernel
    self.isReLU = isReLU
    self.isFused = isFused
    self.hasBackward = hasBackward
    input = layout
  }

  var reason: String { isFused ? "after pooling, where fewer values are left: oneDNN" : "oneDNN" }
  var kernels: [any ComputeKernel] { [kernel] }
  var output: Layout { input }
  var isInPlace: Bool { true }
  /// A ReLU leaves alone what is above 0, and lets no gradient through to the rest.
  var overwrites: Bool { !isFused && !isReLU }
  var readsOutput: Bool { hasBackward }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      kernel: kernel, isFused: isFused, input: try memory.input.tensor(input),
      output: try memory.output.tensor(output),
      inputGradient: hasBackward ? try memory.inputGradient?.tensor(input) : nil,
      outputGradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil)
  }

  private struct Bound: BoundStage {
    let kernel: ActivationKernel
    let isFused: Bool
    let input, output: Tensor
    let inputGradient, outputGradient: Tensor?

    func forward(on turn: Turn) {
      if !isFused { kernel.forward(input, into: output, on: turn.stream) }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let inputGradient, let outputGradient else { return }
      kernel.backward(output: output, gradient: outputGradient, sourceGradient: inputGradient, on: turn.stream)
    }
  }
}
