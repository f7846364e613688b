import ConvoStateFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the files that a path may go on to.
enum PathCompletion {
  /// The paths that begin as typed, in order, directories with a `/` behind them.
  ///
  /// - Parameters:
  ///   - typed: without quotes; a `~/` at the beginning stands for the home directory and is kept.
  ///   - onlyDirectories: whether to leave files out. Directories never are: a file may lie in them.
  static func candidates(for typed: String, onlyDirectories: Bool) -> [String] {
    if typed == "~" { return ["~/"] }
    let directory = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let prefix = typed.dropFirst(directory.count)
    let names = entries(of: directory.isEmpty ? "." : expandingTilde(directory)).filter { entry in
      entry.name.hasPrefix(prefix) && (!entry.name.hasPrefix(".") || prefix.hasPrefix("."))
        && (entry.isDirectory || !onlyDirectories)
    }
    return names.map { directory + $0.name + ($0.isDirectory ? "/" : "") }.sorted()
  }

  private static func expandingTilde(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = StateDirectory.home else { return path }
    return home + path.dropFirst()
  }

  private static func entries(of directory: String) -> [(name: String, isDirectory: Bool)] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var found: [(name: String, isDirectory: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, name != ".", name != "..", Printable.clean(name) == name else { continue }
      var status = stat()
      let isDirectory = stat(directory + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      found.append((name, isDirectory))
    }
    return found
  }
}
