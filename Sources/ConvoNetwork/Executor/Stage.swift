import ConvoTensor

/// One step of the plan by which a model is run: a oneDNN primitive or a few that belong together.
///
/// A stage is shared by all threads. What it works on is bound to it for each thread, and for each block of samples, by
/// `bind`.
protocol Stage: Sendable {
  /// What the stage does, for the plan that is shown to the learner: "conv2d: convolution and ReLU".
  var name: String { get }
  var kernels: [any ComputeKernel] { get }

  /// The layouts in which it reads and leaves a block of samples.
  var input: Layout { get }
  var output: Layout { get }
  /// Whether the output takes the input's place in memory.
  var isInPlace: Bool { get }

  /// Whether training runs the stage backward: there are weights in it or before it.
  var hasBackward: Bool { get }
  /// Whether `backward` reads what `forward` read or left, which must then be kept.
  var readsInput: Bool { get }
  var readsOutput: Bool { get }
  /// What else `forward` keeps for `backward`.
  var record: Layout? { get }

  /// The gradients that `backward` adds up, in the stage's own layouts.
  var gradients: [Layout] { get }
  /// Whether `backward` needs room for gradients of its weights before it adds them up.
  var needsScratchGradients: Bool { get }
  /// The memory for copies of the weights in layouts of the stage's own.
  var packedBytes: Int { get }

  /// Reads the weights, which have changed.
  func refresh(on stream: ComputeStream)
  /// Writes the gradients, added up over all samples, where the optimizer finds them.
  func publish(_ gradients: [Tensor], on stream: ComputeStream)

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage
}

extension Stage {
  var isInPlace: Bool { false }
  var readsInput: Bool { false }
  var readsOutput: Bool { false }
  var record: Layout? { nil }
  var gradients: [Layout] { [] }
  var needsScratchGradients: Bool { false }
  var packedBytes: Int { 0 }
  func refresh(on stream: ComputeStream) {}
  func publish(_ gradients: [Tensor], on stream: ComputeStream) {}
}

/// A stage with the memory of one thread and one block of samples.
protocol BoundStage {
  func forward(on stream: ComputeStream)
  /// Leaves the gradient of the input, where it is wanted, and adds those of the weights to `gradients`.
  func backward(addingTo gradients: [Tensor], on stream: ComputeStream)
}

extension BoundStage {
  func backward(addingTo gradients: [Tensor], on stream: ComputeStream) {}
}
