import ConvoTensor

/// One step of the plan by which a model is run: a primitive, a kernel, or a few that belong together.
///
/// A stage is shared by all threads. What it works on is bound to it by `bind`: on pictures for each thread and each
/// block of the chunk, on rows once for the whole chunk.
protocol Stage: Sendable {
  /// What the stage does, for the plan that is shown to the learner: "conv2d: convolution and ReLU".
  var name: String { get }
  /// Why it is done this way, in a short sentence: "5x5 kernel: oneDNN".
  var reason: String { get }
  var kernels: [any ComputeKernel] { get }

  /// The layouts in which it reads and leaves a block of samples.
  var input: Layout { get }
  var output: Layout { get }
  /// Whether the output takes the input's place in memory; a stage that `overwrites` does so only where nobody minds.
  var isInPlace: Bool { get }

  /// Whether it changes, in place, values that a stage before it may have to read again on the way back.
  var overwrites: Bool { get }

  /// Whether training runs the stage backward: there are weights in it or before it.
  var hasBackward: Bool { get }
  /// Whether `backward` reads what `forward` read or left, which must then be kept.
  var readsInput: Bool { get }
  var readsOutput: Bool { get }
  /// The bytes that `forward` keeps of a block for `backward`, besides input and output.
  var recordBytes: Int { get }

  /// Whether training changes weights in the stage.
  var hasWeights: Bool { get }
  /// The gradients that `backward` adds up block by block, in the stage's own layouts. A stage on rows leaves its
  /// gradients where the optimizer finds them, and has none here.
  var gradients: [Layout] { get }
  /// The floats of working memory that `backward` needs on each thread.
  var scratchFloats: Int { get }
  /// The memory for copies of the weights in layouts of the stage's own; `refresh` is called where there is some.
  var packedBytes: Int { get }

  /// The floating-point operations of a block.
  var operations: Work { get }
  /// The bytes that are read and written for a block.
  var traffic: Work { get }

  /// Reads the weights, which have changed.
  func refresh(on stream: ComputeStream)
  /// Ends a step: writes the gradients, added up over all samples, where the optimizer finds them.
  func publish(_ gradients: [Tensor], on stream: ComputeStream)

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage
}

extension Stage {
  var reason: String { "" }
  var isInPlace: Bool { false }
  var overwrites: Bool { false }
  var readsInput: Bool { false }
  var readsOutput: Bool { false }
  var recordBytes: Int { 0 }
  var hasWeights: Bool { !gradients.isEmpty }
  var gradients: [Layout] { [] }
  var scratchFloats: Int { 0 }
  var packedBytes: Int { 0 }
  var operations: Work { Work(forward: output.floatCount, backward: hasBackward ? output.floatCount : 0) }
  var traffic: Work {
    let bytes = input.byteCount + output.byteCount
    // The values are read again, and a gradient is read and written beside them.
    return Work(forward: bytes, backward: hasBackward ? bytes + (readsInput ? input.byteCount : 0) : 0)
  }
  func refresh(on stream: ComputeStream) {}
  func publish(_ gradients: [Tensor], on stream: ComputeStream) {}
}

/// An amount for the way forward, and one for the way back.
struct Work: Sendable, Hashable {
  var forward: Int
  var backward: Int
}

/// A stage with the memory that it works on.
///
/// The work on a block may be cut into jobs, each with a part of the result to itself. Their number and their bounds
/// never depend on the number of threads. On pictures one thread does all jobs of a block, one after the other; on rows
/// they are dealt to the threads.
protocol BoundStage {
  var forwardJobs: Int { get }
  var backwardJobs: Int { get }
  func forward(on turn: Turn)
  /// Leaves the gradient of the input, where it is wanted, and adds those of the weights to `gradients`.
  func backward(addingTo gradients: [Tensor], on turn: Turn)
}

extension BoundStage {
  var forwardJobs: Int { 1 }
  var backwardJobs: Int { 1 }
  func backward(addingTo gradients: [Tensor], on turn: Turn) {}
}
