import ConvoTensor

/// What a stage is told when it runs.
struct Turn {
  /// The running thread's.
  let stream: ComputeStream
  /// The running thread's working memory, as much as the plan's stages ask for.
  let scratch: UnsafeMutableBufferPointer<Float>
  /// The samples of the batch that lie in the block. A last block may hold fewer than it has room for; what is beyond is
  /// not to count, and its gradients are zero.
  var samples: Range<Int>
  /// Which of the stage's jobs to do.
  var job = 0
  /// Whether the step trains: statistics of the batch, dropout. Else the network is as it is used.
  var isTraining: Bool
  /// Whether these are the first samples of the step: gradients begin anew.
  var isFirst: Bool
  /// What decides the random numbers of the step.
  var noise: NoiseKey
  /// What the outputs of layers add to the loss of each sample of the chunk; `nil` where no loss is wanted.
  var penalties: UnsafeMutablePointer<Float>?
  /// The place of the first of `samples` in the chunk.
  var placeInChunk = 0
  /// What the sum of the losses of the batch is multiplied by before its gradient is taken.
  var gradientScale: Float = 0
}

/// What decides the random numbers of one training step.
public struct NoiseKey: Sendable, Hashable {
  /// The session's.
  public var seed: UInt64
  /// How many steps the optimizer has done before.
  public var step: Int

  /// The key of a step.
  public init(seed: UInt64 = 0, step: Int = 0) {
    self.seed = seed
    self.step = step
  }
}
