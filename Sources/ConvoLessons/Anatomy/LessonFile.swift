#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a lesson's file.
enum LessonFile {
  /// Far more than anyone reads, and little enough to be held in memory many times over.
  static let largestSize = 1 << 20

  static func text(at path: String) throws(LessonError) -> String {
    let bytes = try bytes(at: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(path: path, line: lineOfFirstMistake(in: bytes))
    }
    return text
  }

  private static func bytes(at path: String) throws(LessonError) -> [UInt8] {
    // Without O_NONBLOCK the opening of a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw error(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw error(errno, path) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else { throw .notAFile(path: path, isDirectory: kind == S_IFDIR) }
    guard status.st_size <= largestSize else {
      throw .tooLarge(path: path, size: Int(status.st_size), limit: largestSize)
    }
    // One byte more than there should be: a file that grows is noticed, and cannot fill the memory.
    var bytes = [UInt8](repeating: 0, count: largestSize + 1)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw error(errno, path) }
      if count == 0 { break }
      filled += count
    }
    guard filled <= largestSize else { throw .tooLarge(path: path, size: filled, limit: largestSize) }
    return Array(bytes.prefix(filled))
  }

  private static func error(_ code: Int32, _ path: String) -> LessonError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path: path)
    case EACCES, EPERM: .noPermission(path: path)
    default: .system(path: path, reason: String(cString: strerror(code)))
    }
  }

  private static func lineOfFirstMistake(in bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return (index ?? 0) + 1
  }
}
