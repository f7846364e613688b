/// How many samples go through the network at a time. It follows from the model and the batch alone, never from the
/// number of threads: the order in which numbers are added up depends on it.
enum ChunkSize {
  /// What may be kept of a chunk for the way back. More would leave the caches anyway; less makes dense layers read
  /// their weights more often.
  static let keptBytes = 104 << 20
  /// More rows make dense layers no faster.
  static let most = 128
  /// What one stage leaves of a block should still be in the cache for the next one.
  static let cachedFloats = 1 << 20

  /// The samples that go through the picture stages at a time: at least eight blocks to a large batch, so that there is
  /// work for as many threads.
  ///
  /// - Parameter floats: The most values of one sample between two stages.
  static func block(largestBatch: Int, floats: Int) -> Int {
    var block = 1
    while block < 16 && block * 8 < largestBatch { block *= 2 }
    while block > 1 && block * floats > cachedFloats { block /= 2 }
    return block
  }

  /// The samples that go forward and back together, a multiple of `block`: the whole batch where that is small.
  ///
  /// - Parameters:
  ///   - bytes: What is kept of one sample.
  ///   - wholeBatch: Whether a layer has to see all samples at once.
  static func chunk(largestBatch: Int, block: Int, bytes: Int, wholeBatch: Bool) -> Int {
    let whole = (max(largestBatch, 1) - 1) / block * block + block
    if wholeBatch { return whole }
    var chunk = most
    let step = max(block, 8)
    while chunk > block && chunk > keptBytes / max(bytes, 1) { chunk = chunk > step ? chunk - step : chunk / 2 }
    return min(chunk, whole)
  }
}
