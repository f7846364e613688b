import ConvoTensor

/// A place in a block of floats.
struct MemoryPlace: Sendable {
  let buffer: FloatBuffer
  var offset = 0

  /// The place seen as a tensor.
  func tensor(_ layout: Layout) throws(ComputeError) -> Tensor {
    try Tensor(layout, in: buffer, at: offset)
  }

  /// The first float. Whoever keeps it keeps the place as well.
  var pointer: UnsafeMutablePointer<Float> { buffer.first + offset }

  /// As many floats from there on. Whoever keeps them keeps the place as well.
  func floats(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: buffer.values[offset..<offset + count])
  }
}

/// What a stage works on.
struct StageMemory {
  /// The index of the block in its chunk.
  let block: Int
  let input: MemoryPlace
  let output: MemoryPlace
  /// The gradients; `nil` where nothing runs backward.
  let inputGradient: MemoryPlace?
  let outputGradient: MemoryPlace?
  /// What `forward` keeps for `backward`, besides input and output: `recordBytes`.
  let record: MemoryPlace?
  /// The thread's working memory: `scratchFloats`. For a stage on rows, whose jobs run on any thread, it comes with
  /// the turn alone.
  let scratch: MemoryPlace?
}

/// One weight tensor in the flat blocks that the optimizer works on.
struct Parameters: Sendable {
  /// Keras's layout.
  let shape: Shape
  let count: Int
  let values: MemoryPlace
  /// `nil` where nothing is trained.
  let gradients: MemoryPlace?
}

extension UnsafeMutableBufferPointer<Float> {
  /// Adds as many values, one by one.
  func add(_ other: UnsafeMutableBufferPointer<Float>) {
    for index in 0..<Swift.min(count, other.count) { self[index] += other[index] }
  }
}
