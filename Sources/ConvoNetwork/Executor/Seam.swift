/// What lies between two runs of picture stages: a layer that has to look at all samples of the batch before it can hand
/// on any of them.
///
/// Each block leaves its share in a place of its own; once all blocks are through, the shares are put together in the
/// order of the blocks. Values and gradients at a seam are kept for every block.
protocol Seam: Sendable {
  /// Once all blocks have come forward to the seam. `samples` are those of the batch.
  func combineForward(samples: Int)
  /// Once the gradients of all blocks have come back to it.
  func combineBackward(samples: Int)
}
