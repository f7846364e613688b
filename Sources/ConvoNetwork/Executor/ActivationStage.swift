import ConvoTensor

/// A layer's activation, in place.
final class ActivationStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let kernel: ActivationKernel
  private let isFused: Bool

  /// - Parameter isFused: Whether a stage before has applied the function already, so that only its gradient is left to
  ///   do.
  init(name: String, kernel: ActivationKernel, layout: Layout, isFused: Bool, hasBackward: Bool) {
    self.name = name
    self.kernel = kernel
    self.isFused = isFused
    self.hasBackward = hasBackward
    input = layout
  }

  var reason: String { isFused ? "after pooling, where fewer values are left: oneDNN" : "oneDNN" }
  var kernels: [any ComputeKernel] { [kernel] }
  var output: Layout { input }
  var isInPlace: Bool { true }
  var readsOutput: Bool { hasBackward }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      kernel: kernel, isFused: isFused, values: try memory.output.tensor(output),
      gradient: hasBackward ? try memory.outputGradient?.tensor(output) : nil)
  }

  private struct Bound: BoundStage {
    let kernel: ActivationKernel
    let isFused: Bool
    let values: Tensor
    let gradient: Tensor?

    func forward(on turn: Turn) {
      if !isFused { kernel.forward(values, into: values, on: turn.stream) }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let gradient else { return }
      kernel.backward(output: values, gradient: gradient, sourceGradient: gradient, on: turn.stream)
    }
  }
}
