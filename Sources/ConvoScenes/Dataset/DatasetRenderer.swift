import ConvoThreads

/// How far a rendering has come. `done` counts the pictures that are there, drawn now or found.
public struct RenderProgress: Sendable, Hashable {
  /// Pictures that are there.
  public var done: Int
  /// Pictures that there will be.
  public var total: Int
}

/// What a rendering did.
public struct RenderReport: Sendable, Hashable {
  /// Pictures drawn by this call.
  public var drawn: Int
  /// Pictures that were there already.
  public var kept: Int
  /// Whether the pictures are somebody else's, in the same layout: then nothing was touched.
  public var isOthers = false
}

/// Draws a built-in dataset into a directory.
///
/// The same seed gives the same files, byte for byte, on one machine and whatever the number of threads: each picture
/// has a generator of its own, seeded by (seed, split, class, index).
public struct DatasetRenderer: Sendable {
  /// What to draw.
  public var dataset: BuiltInDataset
  /// Another seed gives other pictures of the same kinds.
  public var seed: UInt64
  /// At most this many pictures of each class in each split, the first of the whole set; nil for all.
  public var limit: Int?
  /// How many to draw at once; at most 64 are used.
  public var threads: Int

  public init(_ dataset: BuiltInDataset, seed: UInt64 = 0, limit: Int? = nil, threads: Int = 1) {
    self.dataset = dataset
    self.seed = seed
    self.limit = limit
    self.threads = threads
  }

  /// Renders, or completes what an earlier call with the same settings began; blocks until all is there.
  ///
  /// Call it from a thread that may wait. A picture appears under its name only when it is whole; the marker says
  /// "complete" only after the last one.
  ///
  /// - Parameters:
  ///   - directory: made if it is missing; otherwise empty or rendered by this library. One that holds somebody else's
  ///     pictures in the dataset's layout, such as the course's own, is left as it is.
  ///   - isCancelled: asked before each picture, from any of the threads.
  ///   - progress: told after each picture, from any of the threads but never from two at once.
  /// - Throws: `RenderError`; `cancelled` leaves whole pictures from which a later call goes on.
  @discardableResult
  public func render(
    into directory: String, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
  ) throws(RenderError) -> RenderReport {
    guard threads >= 1 else { throw .invalidArgument(reason: "threads must be 1 or more, not \(threads)") }
    if let limit, limit < 1 { throw .invalidArgument(reason: "limit must be 1 or more, not \(limit)") }
    guard !directory.isEmpty else { throw .invalidArgument(reason: "the directory's name is empty") }
    let folder = DatasetFolder(directory, dataset)
    if let others = try folder.othersPictures() {
      return RenderReport(drawn: 0, kept: others.number, isOthers: true)
    }
    var marker = DatasetMarker(
      name: dataset.rawValue, seed: seed, limit: limit, isComplete: false, drawing: dataset.drawingVersion)
    try folder.check(for: marker)
    try FileAccess.makeDirectory(folder.path)
    let lock = try FileAccess.lock(folder.path)
    defer { FileAccess.unlock(lock) }
    // Another process may have begun between the first look and the lock.
    try folder.check(for: marker)
    let pictures = dataset.plan(limit: limit)
    let missing = pictures.filter { !folder.holds($0) }
    let report = RenderReport(drawn: missing.count, kept: pictures.count - missing.count)
    if missing.isEmpty, DatasetMarker.read(in: folder.path)?.isComplete == true {
      progress(RenderProgress(done: pictures.count, total: pictures.count))
      return report
    }
    try folder.write(marker)
    try folder.prepare()
    try draw(missing, of: pictures.count, in: folder, isCancelled, progress)
    marker.isComplete = true
    try folder.write(marker)
    return report
  }

  private struct State {
    var next = 0
    var done: Int
    var failure: RenderError?
  }

  private func draw(
    _ missing: [PlannedPicture], of total: Int, in folder: DatasetFolder, _ isCancelled: @escaping @Sendable () -> Bool,
    _ progress: @escaping @Sendable (RenderProgress) -> Void
  ) throws(RenderError) {
    let state = Monitor(State(done: total - missing.count))
    let seed = self.seed
    let (path, dataset) = (folder.path, dataset)
    WorkerThreads.run(min(threads, 64, max(1, missing.count))) {
      let folder = DatasetFolder(path, dataset)
      while true {
        let cancelled = isCancelled()
        let picture: PlannedPicture? = state.withLock { state in
          guard state.failure == nil, state.next < missing.count else { return nil }
          if cancelled {
            state.failure = .cancelled(done: state.done, total: total)
            return nil
          }
          state.next += 1
          return missing[state.next - 1]
        }
        guard let picture else { return }
        do throws(RenderError) {
          try FileAccess.replace(folder.file(picture), with: picture.png(seed: seed))
          state.withLock { state in
            state.done += 1
            progress(RenderProgress(done: state.done, total: total))
          }
        } catch {
          state.withLock { state in
            if state.failure == nil { state.failure = error }
          }
        }
      }
    }
    let end = state.withLock { $0 }
    guard let failure = end.failure else { return }
    // Threads that were still drawing when the first one saw the cancellation have finished since.
    if case .cancelled = failure { throw .cancelled(done: end.done, total: total) }
    throw failure
  }
}
