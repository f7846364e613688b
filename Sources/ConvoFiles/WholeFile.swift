#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files as a whole.
public enum WholeFile {
  /// The bytes of a regular file. Throws where there is none, or a larger one.
  public static func read(_ path: String, largest: Int) throws(FileFailure) -> [UInt8] {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileFailure(reason: "the path is empty or has a NUL in it")
    }
    // O_NONBLOCK: opening a pipe must not wait for its writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw .last() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .last() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure(reason: "it is no regular file") }
    let size = Int(status.st_size)
    guard size <= largest else {
      throw FileFailure(reason: "it has \(size) bytes, more than the \(largest) that are read")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let start = buffer.baseAddress {
        let got = systemRead(file, start + count, size - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw .last(failure) }
    return bytes
  }

  private static func systemRead(_ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      return Glibc.read(file, buffer, count)
    #elseif canImport(Darwin)
      return Darwin.read(file, buffer, count)
    #endif
  }
}
