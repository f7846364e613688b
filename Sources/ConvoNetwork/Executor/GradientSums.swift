import ConvoTensor

/// The gradients of one shard: added up block after block in the stages' own layouts, and then shard after shard. The
/// order never depends on the number of threads, and so neither do the bits.
final class GradientSums: @unchecked Sendable {
  // One thread at a time works on a shard; when the shards are added up, each thread has stages of its own.
  let buffer: FloatBuffer
  /// For each stage of the plan, one tensor for each of its gradients.
  let tensors: [[Tensor]]

  init(_ stages: [any Stage]) throws(ComputeError) {
    buffer = FloatBuffer(count: Self.floats(stages))
    var end = 0
    var tensors: [[Tensor]] = []
    for stage in stages {
      var own: [Tensor] = []
      for layout in stage.gradients {
        own.append(try Tensor(layout, in: buffer, at: end))
        end += layout.floatCount.alignedForVectors
      }
      tensors.append(own)
    }
    self.tensors = tensors
  }

  /// The size of one shard's gradients.
  static func floats(_ stages: [any Stage]) -> Int {
    stages.reduce(0) { sum, stage in stage.gradients.reduce(sum) { $0 + $1.floatCount.alignedForVectors } }
  }

  /// Forgets what was added.
  func clear() {
    buffer.values.update(repeating: 0)
  }
}
