import ConvoImages
import ConvoThreads

/// Why a stream cannot go on.
public enum BatchStreamError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Every picture of every batch asked for has become unreadable.
  case noReadableImages(directory: String, problem: FileProblem)
  /// The system gave no thread to decode on.
  case noThreads

  /// What is wrong, in one sentence without a full stop.
  public var description: String {
    switch self {
    case .noReadableImages(let directory, let problem):
      "no picture in '\(directory)' can be read any more, for example \(problem)"
    case .noThreads:
      "the system gave no thread to decode pictures on"
    }
  }
}

/// Batches of an epoch in order, decoded ahead by threads of their own.
///
/// ``next()`` belongs to one thread, the trainer's; ``cancel()`` may be called by any. Letting go of a stream
/// ends its threads.
public final class BatchStream: Sendable {
  /// Batches that are decoded ahead of the one in use.
  static let depth = 2

  private struct Report {
    var problems: [FileProblem] = []
    var hasDelivered = false
  }

  private let generator: ImageGenerator
  private let epoch: Int
  private let prefetcher: Prefetcher
  private let workers: WorkerThreads
  private let report = Monitor(Report())
  private let onProblem: (@Sendable (FileProblem) -> Void)?

  init(
    _ generator: ImageGenerator, _ plan: SampleBatches, epoch: Int, steps: Int,
    onProblem: (@Sendable (FileProblem) -> Void)?
  ) {
    let prefetcher = Prefetcher(plan, steps: steps, depth: Self.depth) { index in
      do throws(ImageError) {
        return .success(try generator.image(index))
      } catch {
        return .failure(error)
      }
    }
    self.generator = generator
    self.epoch = epoch
    self.prefetcher = prefetcher
    self.onProblem = onProblem
    workers = WorkerThreads(count: max(1, generator.threads)) { _ in prefetcher.work() }
  }

  deinit {
    prefetcher.cancel()
    workers.join()
  }

  /// Files of this stream's batches that had become unreadable and were not reported before, in the order of
  /// the batches.
  public var problems: [FileProblem] { report.withLock(\.problems) }

  /// The next batch, waited for; nil after the last one, or when cancelled.
  ///
  /// A batch lacks the pictures that have become unreadable; one without any is passed over.
  ///
  /// - Throws: ``BatchStreamError/noReadableImages(directory:problem:)`` in place of nil if not one batch had a
  ///   readable picture; ``BatchStreamError/noThreads``.
  public func next() throws(BatchStreamError) -> Batch? {
    guard !workers.isEmpty else { throw .noThreads }
    var lastProblem: FileProblem?
    while let decoded = prefetcher.next() {
      let (batch, problems) = batch(from: decoded)
      lastProblem = problems.last ?? lastProblem
      note(problems)
      guard batch.count > 0 else { continue }
      report.withLock { $0.hasDelivered = true }
      return batch
    }
    if let lastProblem, !prefetcher.isCancelled, !report.withLock(\.hasDelivered) {
      throw .noReadableImages(directory: generator.directory, problem: lastProblem)
    }
    return nil
  }

  /// Makes ``next()`` return nil, also one that is waiting.
  public func cancel() {
    prefetcher.cancel()
  }

  /// Batches that are decoded or being decoded and were not taken.
  var batchesAhead: Int { prefetcher.batchesAhead }

  private func batch(from decoded: Prefetcher.Decoded) -> (Batch, [FileProblem]) {
    var (indices, images, problems) = ([Int](), [PixelImage](), [FileProblem]())
    for (index, result) in zip(decoded.plan.indices, decoded.results) {
      switch result {
      case .success(let image):
        indices.append(index)
        images.append(image)
      case .failure(let error):
        problems.append(FileProblem(file: generator.samples[index].path, problem: error.problem))
      }
    }
    let batch = Batch(
      indices: indices, labels: indices.map { generator.samples[$0].label }, images: images,
      imageShape: generator.imageShape, classMode: generator.options.classMode,
      standardization: generator.standardization, changes: generator.changes(of: indices, in: decoded.plan.pass, epoch))
    return (batch, problems)
  }

  private func note(_ problems: [FileProblem]) {
    for problem in problems where generator.isNews(problem) {
      report.withLock { $0.problems.append(problem) }
      onProblem?(problem)
    }
  }
}
