#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file so that a reader, or a crash, sees the old one or the new one and nothing between.
enum AtomicFile {
  static func write(_ bytes: [UInt8], to path: String) throws(ImageProblem) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .unwritable("the path is empty or has a NUL in it") }
    let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .unwritable(FileBytes.reason(errno)) }

    var failure = writeAll(bytes, to: file)
    if close(file) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw .unwritable(FileBytes.reason(failure))
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
