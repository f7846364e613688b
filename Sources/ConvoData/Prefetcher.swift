import ConvoImages
import ConvoThreads

/// Decodes batches ahead of the one who takes them, on threads of its own, into a queue of few batches.
///
/// The threads share out a batch's pictures one by one, so that the next batch to be taken is the one that all
/// work on. What a batch holds depends on the plan alone, not on who decoded what when.
final class Prefetcher: Sendable {
  /// A batch with its pictures, or what is wrong with them, in the plan's order.
  struct Decoded {
    let plan: PlannedBatch
    let results: [Result<PixelImage, ImageError>]
  }

  private struct Job {
    let plan: PlannedBatch
    var indices: [Int] { plan.indices }
    var results: [Result<PixelImage, ImageError>?]
    var taken = 0
    var done = 0
  }

  private struct Queue {
    var plan: SampleBatches
    var stepsLeft: Int
    var jobs: [Job] = []
    /// Number of the first job in the queue, counted from the start.
    var first = 0
    var isCancelled = false
    var isFinished: Bool { isCancelled || (stepsLeft == 0 && jobs.isEmpty) }
  }

  private let queue: Monitor<Queue>
  private let depth: Int
  private let decode: @Sendable (Int) -> Result<PixelImage, ImageError>

  init(
    _ plan: SampleBatches, steps: Int, depth: Int,
    decode: @escaping @Sendable (Int) -> Result<PixelImage, ImageError>
  ) {
    queue = Monitor(Queue(plan: plan, stepsLeft: steps))
    self.depth = depth
    self.decode = decode
  }

  /// What each thread does until all batches are decoded or the prefetcher is cancelled.
  func work() {
    while let (job, position, index) = nextTask() {
      let result = decode(index)
      let isComplete = queue.withLock { queue in
        // A cancelled queue has let go of its jobs.
        guard !queue.isCancelled else { return false }
        let job = job - queue.first
        queue.jobs[job].results[position] = result
        queue.jobs[job].done += 1
        return queue.jobs[job].done == queue.jobs[job].indices.count
      }
      if isComplete { queue.update { _ in } }
    }
  }

  private func nextTask() -> (job: Int, position: Int, index: Int)? {
    let depth = depth
    return queue.wait { queue -> (job: Int, position: Int, index: Int)?? in
      guard !queue.isCancelled else { return .some(nil) }
      var job = queue.jobs.firstIndex { $0.taken < $0.indices.count }
      if job == nil, queue.stepsLeft > 0, queue.jobs.count < depth {
        if let plan = queue.plan.next() {
          queue.stepsLeft -= 1
          queue.jobs.append(Job(plan: plan, results: Array(repeating: nil, count: plan.indices.count)))
          job = queue.jobs.count - 1
        } else {
          queue.stepsLeft = 0
        }
      }
      guard let job else { return queue.stepsLeft == 0 ? .some(nil) : nil }
      let position = queue.jobs[job].taken
      queue.jobs[job].taken += 1
      return (queue.first + job, position, queue.jobs[job].indices[position])
    }
  }

  /// The next batch, waited for; nil after the last one or when cancelled.
  func next() -> Decoded? {
    let job = queue.wait { queue -> Job?? in
      guard !queue.isFinished else { return .some(nil) }
      guard let first = queue.jobs.first, first.done == first.indices.count else { return nil }
      queue.first += 1
      return queue.jobs.removeFirst()
    }
    // There is room in the queue now.
    queue.update { _ in }
    return job.map { Decoded(plan: $0.plan, results: $0.results.compactMap { $0 }) }
  }

  /// Makes everybody who waits, or will, return at once; the threads end after the picture that they are at.
  func cancel() {
    queue.update { queue in
      queue.isCancelled = true
      queue.jobs = []
    }
  }

  var isCancelled: Bool { queue.withLock(\.isCancelled) }

  /// Batches that are decoded or being decoded and were not taken: never more than the queue's depth.
  var batchesAhead: Int { queue.withLock(\.jobs.count) }
}
