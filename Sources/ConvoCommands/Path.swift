import ConvoLanguage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Paths as learners write them.
enum Path {
  /// `~/photos` with the home directory in place of `~`.
  static func expandingTilde(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// The path from the root without links, `nil` where nothing is there.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether something is called so. A link that leads nowhere is there as well: who reads it says what is wrong.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a file may be written there without losing anything but a file: links count as what they are, since
  /// writing replaces them.
  static func isRegularFileOrMissing(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  /// The directory that a path's last part is in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path in the same directory that it may be a slip for.
  static func similar(to path: String) -> String? {
    let parent = parent(of: path)
    guard let stream = opendir(parent) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        })
    }
    guard let name = Spelling.nearest(to: String(path.split(separator: "/").last ?? ""), in: names.sorted()) else {
      return nil
    }
    return path.contains("/") ? (parent == "/" ? "/" : parent + "/") + name : name
  }
}
