#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few calls to the file system, with their errors in our words.
enum FileAccess {
  enum Kind { case missing, directory, other }

  static func kind(_ path: String) throws(RenderError) -> Kind {
    var status = stat()
    if stat(path, &status) == 0 {
      return status.st_mode & S_IFMT == S_IFDIR ? .directory : .other
    }
    let code = errno
    if code == ENOENT { return .missing }
    throw error(code, "stat", path)
  }

  /// Of a file's contents, in bytes; nil for what is no file.
  static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Makes the directory and those above it; one that exists is fine.
  static func makeDirectory(_ path: String) throws(RenderError) {
    switch try kind(path) {
    case .directory: return
    case .other: throw .notADirectory(path: path)
    case .missing: break
    }
    if let cut = path.lastIndex(of: "/"), cut > path.startIndex { try makeDirectory(String(path[..<cut])) }
    if mkdir(path, 0o777) != 0 {
      let code = errno
      if code != EEXIST { throw error(code, "mkdir", path) }
    }
  }

  /// The names in a directory, without `.` and `..`, in order.
  static func names(_ path: String) throws(RenderError) -> [String] {
    guard let stream = opendir(path) else { throw error(errno, "opendir", path) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1024) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes beside the place and renames, so that no reader ever sees half a file.
  static func replace(_ path: String, with bytes: [UInt8]) throws(RenderError) {
    let draft = temporary(path)
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw error(errno, "open", draft) }
    var written = 0
    var failure: (code: Int32, call: String)?
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count, let base = buffer.baseAddress {
        let count = write(file, base + written, buffer.count - written)
        if count > 0 {
          written += count
        } else if errno != EINTR {
          failure = (count == 0 ? EIO : errno, "write")
          return
        }
      }
    }
    if close(file) != 0, failure == nil { failure = (errno, "close") }
    if failure == nil, rename(draft, path) != 0 { failure = (errno, "rename") }
    if let failure {
      unlink(draft)
      throw error(failure.code, failure.call, path)
    }
  }

  static let temporarySuffix = ".part"

  /// Hidden, so that no loader takes it for a picture.
  private static func temporary(_ path: String) -> String {
    guard let cut = path.lastIndex(of: "/") else { return "." + path + temporarySuffix }
    return path[...cut] + "." + path[path.index(after: cut)...] + temporarySuffix
  }

  static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(temporarySuffix) }

  static func remove(_ path: String) { unlink(path) }

  /// A small file's bytes; nil if it cannot be read.
  static func contents(_ path: String, atMost limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return read(file, from: 0, limit)
  }

  /// The first and the last bytes of a file; nil if it is shorter or cannot be read.
  static func ends(_ path: String, first: Int, last: Int) -> (first: [UInt8], last: [UInt8])? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    guard size >= first + last, let head = read(file, from: 0, first), let tail = read(file, from: size - last, last),
      head.count == first, tail.count == last
    else { return nil }
    return (head, tail)
  }

  private static func read(_ file: Int32, from offset: Int, _ limit: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(offset)) }
    return count < 0 ? nil : Array(bytes.prefix(count))
  }

  /// Holds a directory for this process while the returned file is open; nil where the file system knows no locks.
  static func lock(_ directory: String) throws(RenderError) -> Int32? {
    let file = open(directory, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw error(errno, "open", directory) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    let code = errno
    close(file)
    if code == EWOULDBLOCK { throw .busy(path: directory) }
    return nil
  }

  static func unlock(_ file: Int32?) {
    if let file { close(file) }
  }

  static func error(_ code: Int32, _ call: String, _ path: String) -> RenderError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EACCES, EPERM, EROFS: .noPermission(path: path)
    case ENOTDIR: .notADirectory(path: path)
    default: .system(path: path, call: call, code: code, reason: String(cString: strerror(code)))
    }
  }
}
