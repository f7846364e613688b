#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be written.
public struct FileFailure: Error, Sendable, Hashable {
  /// In the system's words, or ours.
  public let reason: String

  public init(reason: String) {
    self.reason = reason
  }

  /// The reason why the last call of the system failed.
  static func last(_ code: Int32 = errno) -> FileFailure {
    FileFailure(reason: String(cString: strerror(code)))
  }
}

/// Writes a file so that a reader, or a crash, sees the old one or the new one and nothing between.
public enum AtomicFile {
  /// Writes bytes to a path.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try replace(path) { temporary throws(FileFailure) in
      let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw .last() }
      var failure = writeAll(bytes, to: file)
      if close(file) != 0, failure == 0 { failure = errno }
      guard failure == 0 else { throw .last(failure) }
    }
  }

  /// Puts a file that `make` writes under a temporary name in the same directory in the place of `path`, once it is
  /// whole; where it fails, nothing is left of it.
  public static func replace(_ path: String, make: (_ temporary: String) throws(FileFailure) -> Void)
    throws(FileFailure)
  {
    // A NUL would silently cut the name that the system sees.
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileFailure(reason: "the path is empty or has a NUL in it")
    }
    let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
    do throws(FileFailure) {
      try make(temporary)
      guard rename(temporary, path) == 0 else { throw FileFailure.last() }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// - Returns: 0, or the system's error.
  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32 {
    bytes.withUnsafeBytes { data in
      var written = 0
      while written < data.count {
        let count = systemWrite(file, data[written...])
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  private static func systemWrite(_ file: Int32, _ data: Slice<UnsafeRawBufferPointer>) -> Int {
    let rest = UnsafeRawBufferPointer(rebasing: data)
    #if canImport(Glibc)
      return Glibc.write(file, rest.baseAddress, rest.count)
    #elseif canImport(Darwin)
      return Darwin.write(file, rest.baseAddress, rest.count)
    #endif
  }
}
