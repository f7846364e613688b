import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends the wait for a key when a signal comes, whichever thread the signal comes to and however shortly before the
/// wait: a pipe that signal handlers write to.
enum WakeUp {
  private static let reader = Atomic<Int32>(-1)
  private static let writer = Atomic<Int32>(-1)

  static func prepare() {
    var ends: [Int32] = [-1, -1]
    guard reader.load(ordering: .relaxed) == -1, pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    reader.store(ends[0], ordering: .relaxed)
    writer.store(ends[1], ordering: .relaxed)
  }

  /// To be called by a signal handler.
  static func call() {
    let code = errno
    var byte: UInt8 = 0
    _ = write(writer.load(ordering: .relaxed), &byte, 1)
    errno = code
  }

  /// Waits until the descriptor can be read or a signal has come; `true` where it can be read.
  static func wait(for descriptor: Int32) -> Bool {
    let bell = reader.load(ordering: .relaxed)
    var requests = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&requests, nfds_t(requests.count), -1)
    var drain = [UInt8](repeating: 0, count: 64)
    if requests[1].revents != 0 { _ = read(bell, &drain, drain.count) }
    return requests[0].revents != 0
  }
}
