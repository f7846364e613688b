import ConvoImages
import ConvoThreads

/// Decodes every file once, on threads of its own, to find those that cannot be read before any training.
struct FileCheck {
  private struct Progress {
    var next = 0
    var done = 0
    var isCancelled = false
    var problems: [ImageProblem?]
  }

  /// How soon a wish to stop is seen, even if a file takes long.
  private static let pollMilliseconds = 50

  /// - Parameters:
  ///   - check: called for each index of `0..<count` once, by several threads.
  ///   - isCancelled, progress: called on the calling thread.
  /// - Returns: what is wrong with each file, in order; nil if cancelled.
  static func run(
    count: Int, threads: Int, isCancelled: () -> Bool, progress: (_ done: Int, _ total: Int) -> Void,
    check: @escaping @Sendable (Int) -> ImageProblem?
  ) -> [ImageProblem?]? {
    let shared = Monitor(Progress(problems: Array(repeating: nil, count: count)))
    let work: @Sendable () -> Void = {
      while let index = shared.withLock({ state -> Int? in
        guard !state.isCancelled, state.next < count else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        let problem = check(index)
        shared.update { state in
          state.problems[index] = problem
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
    return shared.withLock(\.problems)
  }
}
