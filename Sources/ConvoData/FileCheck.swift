import ConvoThreads

/// Looks at every file once, on threads of its own, to know before any training which can be read and what they are.
enum FileCheck<Outcome: Sendable> {
  private struct Progress {
    var next = 0
    var done = 0
    var isCancelled = false
    var outcomes: [Outcome?]
  }

  /// How soon a wish to stop is seen, even if a file takes long.
  private static var pollMilliseconds: Int { 50 }

  /// - Parameters:
  ///   - check: called for each index of `0..<count` once, by several threads.
  ///   - isCancelled, progress: called on the calling thread.
  /// - Returns: what was found of each file, in order; nil if cancelled.
  static func run(
    count: Int, threads: Int, isCancelled: () -> Bool, progress: (_ done: Int, _ total: Int) -> Void,
    check: @escaping @Sendable (Int) -> Outcome
  ) -> [Outcome]? {
    let shared = Monitor(Progress(outcomes: Array(repeating: nil, count: count)))
    let work: @Sendable () -> Void = {
      while let index = shared.withLock({ state -> Int? in
        guard !state.isCancelled, state.next < count else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        let outcome = check(index)
        shared.update { state in
          state.outcomes[index] = outcome
          state.done += 1
        }
      }
    }
    let workers = WorkerThreads(count: max(1, min(threads, count))) { _ in work() }
    if workers.isEmpty { work() }

    var reported = 0
    while reported < count {
      if isCancelled() {
        shared.withLock { $0.isCancelled = true }
        workers.join()
        return nil
      }
      let before = reported
      let done = shared.wait(milliseconds: pollMilliseconds) { $0.done > before ? $0.done : nil }
      if let done {
        reported = done
        progress(done, count)
      }
    }
    workers.join()
    return shared.withLock { $0.outcomes.compactMap { $0 } }
  }
}
