#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The entries of one directory, read through POSIX calls and sorted as Python sorts them: by code points, so
/// that labels come out as Keras gives them (Swift's own order of strings follows Unicode equivalence instead).
struct DirectoryListing {
  struct Entry {
    let name: String
    /// False if the name is not UTF-8 and was repaired for display: such a file cannot be opened by it.
    let hasValidName: Bool
    let isDirectory: Bool
    let isLink: Bool
  }

  /// A directory's identity; two paths may lead to the same one.
  struct Identity: Hashable {
    let device: UInt64
    let file: UInt64
  }

  let entries: [Entry]

  /// - Throws: the system's error number.
  init(_ path: String) throws(SystemError) {
    guard let directory = opendir(path) else { throw SystemError(code: errno) }
    defer { closedir(directory) }
    var entries: [Entry] = []
    while let entry = readdir(directory) {
      // The record is only as long as its name, so it must not be copied as a whole.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
      let start = UnsafeRawPointer(entry).advanced(by: offset)
      let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
      let name = String(decoding: bytes, as: UTF8.self)
      guard name != "." && name != ".." else { continue }
      let isValid = name.utf8.elementsEqual(bytes)
      entries.append(Self.entry(name, isValid, in: path))
    }
    self.entries = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func entry(_ name: String, _ hasValidName: Bool, in path: String) -> Entry {
    let full = "\(path)/\(name)"
    var status = stat()
    let isLink = lstat(full, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    let isDirectory = (!isLink || stat(full, &status) == 0) && status.st_mode & S_IFMT == S_IFDIR
    return Entry(name: name, hasValidName: hasValidName, isDirectory: hasValidName && isDirectory, isLink: isLink)
  }

  /// Whether a path leads to a directory, and to which; nil if it leads nowhere.
  static func identity(of path: String) throws(SystemError) -> (isDirectory: Bool, identity: Identity) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SystemError(code: errno) }
    let identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), file: UInt64(truncatingIfNeeded: status.st_ino))
    return (status.st_mode & S_IFMT == S_IFDIR, identity)
  }
}

/// The system's error number.
struct SystemError: Error {
  let code: Int32

  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  var isPermission: Bool { code == EACCES || code == EPERM }
  var reason: String { String(cString: strerror(code)) }
}
