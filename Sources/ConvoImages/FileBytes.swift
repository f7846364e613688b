#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files through POSIX calls; full Foundation would cost the start of every command.
enum FileBytes {
  /// - Parameter limit: at most so many bytes from the start are read; nil for all of them.
  /// - Returns: the bytes and the size of the whole file.
  static func read(_ path: String, limit: Int? = nil) throws(ImageProblem) -> (bytes: [UInt8], size: Int) {
    // A NUL would silently cut the name that the system sees.
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .noSuchFile }
    // O_NONBLOCK: opening a pipe that somebody named cat.png must not wait for its writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw problem(opening: path, errno) }
    defer { close(file) }

    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(reason(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default: throw .notARegularFile
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw .emptyFile }
    guard size <= ImageLimits.largestFileBytes else { throw .fileTooLarge(bytes: size) }

    let wanted = min(size, limit ?? size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      while count < wanted, let start = buffer.baseAddress {
        let got = systemRead(file, start + count, wanted - count)
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
    guard failure == 0 else { throw .unreadable(reason(failure)) }
    guard !bytes.isEmpty else { throw .emptyFile }
    return (bytes, size)
  }

  private static func problem(opening path: String, _ code: Int32) -> ImageProblem {
    switch code {
    case ENOENT, ENOTDIR:
      var status = stat()
      return lstat(path, &status) == 0 ? .brokenLink : .noSuchFile
    case EACCES, EPERM: return .noPermission
    case ELOOP: return .linkLoop
    default: return .unreadable(reason(code))
    }
  }

  private static func systemRead(_ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      return Glibc.read(file, buffer, count)
    #elseif canImport(Darwin)
      return Darwin.read(file, buffer, count)
    #endif
  }

  static func reason(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
