#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Some system threads that run the same work.
///
/// What blocks (training, decoding, drawing) runs on threads of its own: Swift's cooperative pool has only as many as the
/// machine has cores. The work must come to an end by itself, or by a sign in what it shares; a thread can't be stopped.
package final class WorkerThreads: @unchecked Sendable {
  /// More threads than this never help.
  package static let most = 256

  /// What the main thread has by default; other threads of macOS have a sixteenth of it.
  private static let stackSize = 8 << 20

  private var threads: [pthread_t] = []

  /// Starts up to `count` threads, fewer if the system gives fewer, perhaps none.
  ///
  /// - Parameter work: gets the number of the thread, from 0.
  package init(count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    // Signals are for the threads that know what to do with them.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    for number in 0..<min(max(0, count), Self.most) {
      guard let thread = Self.start({ work(number) }) else { break }
      threads.append(thread)
    }
  }

  package var count: Int { threads.count }
  package var isEmpty: Bool { threads.isEmpty }

  /// Waits for all to end. Not to be called by two threads at once, nor by a worker.
  package func join() {
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  /// Lets them end when they will; nobody waits for them.
  package func detach() {
    for thread in threads { pthread_detach(thread) }
    threads = []
  }

  /// Runs work on up to `count` threads, the calling one among them, and waits for all.
  package static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    let others = WorkerThreads(count: count - 1) { _ in work() }
    work()
    others.join()
  }

  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    pthread_attr_setstacksize(attributes, stackSize)
    // The thread owns the work from here on; if there is no thread, nobody does.
    let argument = Unmanaged.passRetained(Work(work)).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
    #elseif canImport(Darwin)
      var thread: pthread_t?
    #endif
    let status = pthread_create(&thread, attributes, { runWork($0) }, argument)
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
