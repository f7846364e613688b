#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs work that blocks (training, decoding, drawing) on a thread of its own: the cooperative pool has only as many
/// threads as the machine has cores, and must stay free to deliver events.
func onOwnThread<Success: Sendable>(_ work: @escaping @Sendable () throws -> Success) async throws -> Success {
  try await withCheckedThrowingContinuation { continuation in
    let job = Job { continuation.resume(with: Result(catching: work)) }
    if let code = job.start() {
      continuation.resume(
        throwing: CommandError(
          .system, "no thread could be started (error \(code))", help: "close other programs and try again"))
    }
  }
}

/// A closure on its way to a thread.
private final class Job {
  private let work: @Sendable () -> Void

  init(_ work: @escaping @Sendable () -> Void) {
    self.work = work
  }

  /// Starts the thread; the error's number where none could be had.
  func start() -> Int32? {
    let box = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, { Job.run($0) }, box)
      if code == 0 { pthread_detach(thread) }
    #else
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, { Job.run($0) }, box)
      if code == 0, let thread { pthread_detach(thread) }
    #endif
    if code != 0 { Unmanaged<Job>.fromOpaque(box).release() }
    return code == 0 ? nil : code
  }

  private static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let box else { return nil }
    Unmanaged<Job>.fromOpaque(box).takeRetainedValue().work()
    return nil
  }
}
