#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Some system threads that run the same work, and are waited for.
///
/// The work must come to an end by itself, or by a sign in what it shares; a thread cannot be stopped.
final class WorkerThreads: @unchecked Sendable {
  /// More threads than this never help a decoder.
  static let most = 64

  private var threads: [pthread_t] = []

  /// Starts up to `count` threads, fewer if the system gives fewer, perhaps none.
  init(count: Int, _ work: @escaping @Sendable () -> Void) {
    for _ in 0..<min(max(1, count), Self.most) {
      guard let thread = Self.start(work) else { break }
      threads.append(thread)
    }
  }

  var isEmpty: Bool { threads.isEmpty }

  /// Waits for all to end. Not to be called by two threads at once, nor by a worker.
  func join() {
    for thread in threads {
      pthread_join(thread, nil)
    }
    threads = []
  }

  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    // The thread owns the work from here on; if there is no thread, nobody does.
    let argument = Unmanaged.passRetained(Work(work)).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { runWork($0) }, argument)
    #elseif canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, nil, { runWork($0) }, argument)
    #endif
    if status == 0 { return thread }
    Unmanaged<Work>.fromOpaque(argument).release()
    return nil
  }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
  return nil
}
