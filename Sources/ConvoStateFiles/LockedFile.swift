#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is open and locked against other sessions.
public struct LockedFile: ~Copyable {
  /// What the system says.
  public struct Failure: Error {
    public var code: Int32

    public var message: String { String(cString: strerror(code)) }

    /// The reason why the last call failed.
    static var last: Failure { Failure(code: errno) }
  }

  private let descriptor: Int32
  private let path: String

  /// Waits for the lock. For the owner's eyes alone: what is typed may be private.
  public init(_ path: String, creates: Bool) throws(Failure) {
    self.path = path
    while true {
      let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | (creates ? O_CREAT : 0)
      let opened = open(path, flags, 0o600)
      guard opened >= 0 else { throw Failure.last }
      do {
        try Self.lock(opened)
        // Another session may have put a new file in its place meanwhile.
        if try Self.isCurrent(opened, path) {
          descriptor = opened
          return
        }
      } catch {
        close(opened)
        throw error
      }
      close(opened)
    }
  }

  deinit {
    close(descriptor)
  }

  private static func lock(_ descriptor: Int32) throws(Failure) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Failure.last }
    }
  }

  private static func isCurrent(_ descriptor: Int32, _ path: String) throws(Failure) -> Bool {
    var mine = stat()
    var current = stat()
    guard fstat(descriptor, &mine) == 0 else { throw Failure.last }
    guard mine.st_mode & S_IFMT == S_IFREG else { throw Failure(code: EINVAL) }
    return stat(path, &current) == 0 && mine.st_ino == current.st_ino && mine.st_dev == current.st_dev
  }

  /// The file's last bytes.
  public borrowing func contents(atMost limit: Int) throws(Failure) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 0 else { throw Failure.last }
    lseek(descriptor, off_t(max(0, size - limit)), SEEK_SET)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure.last }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Adds to the end, on a line of its own whatever stood there before.
  public borrowing func append(_ bytes: [UInt8]) throws(Failure) {
    var last: UInt8 = 0
    let hasBrokenLine =
      lseek(descriptor, -1, SEEK_END) >= 0 && read(descriptor, &last, 1) == 1 && last != UInt8(ascii: "\n")
    try Self.write(hasBrokenLine ? [UInt8(ascii: "\n")] + bytes : bytes, to: descriptor)
  }

  /// Puts a new file in the place of this one, in one step.
  public borrowing func replace(with bytes: [UInt8]) throws(Failure) {
    let next = path + ".new"
    let created = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard created >= 0 else { throw Failure.last }
    defer { close(created) }
    try Self.write(bytes, to: created)
    guard rename(next, path) == 0 else { throw Failure.last }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure.last }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the directories that lead to a file, for the owner alone.
  public static func makeDirectories(for path: String) throws(Failure) {
    let parts = path.split(separator: "/").dropLast()
    var directory = path.hasPrefix("/") ? "" : "."
    for part in parts {
      directory += "/" + part
      guard mkdir(directory, 0o700) != 0 else { continue }
      let code = errno
      // A directory on the way may be another's, and is there already.
      var status = stat()
      guard stat(directory, &status) == 0 else { throw Failure(code: code) }
    }
  }
}
