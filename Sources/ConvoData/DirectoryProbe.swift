#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Opens a generator's directory, or finds out what is wrong with the path.
enum DirectoryProbe {
  static func list(_ path: String) throws(GeneratorError) -> DirectoryListing {
    guard !path.isEmpty else { throw .emptyPath }
    guard !path.utf8.contains(0) else {
      throw .unreadableDirectory(path: path, reason: "its name has a NUL character in it")
    }
    do throws(SystemError) {
      if try DirectoryListing.identity(of: path).isDirectory { return try DirectoryListing(path) }
    } catch {
      throw problem(path, error)
    }
    throw .notADirectory(path: path)
  }

  /// A path without links and dots, by which two ways to the same directory are known; as given if it leads nowhere.
  static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func problem(_ path: String, _ error: SystemError) -> GeneratorError {
    if error.isPermission { return .noPermission(path: path) }
    guard error.isMissing else { return .unreadableDirectory(path: path, reason: error.reason) }
    return missing(path)
  }

  /// Names the first part of the path that is not there, and the neighbour that it may be a slip for.
  private static func missing(_ path: String) -> GeneratorError {
    var parent = path.hasPrefix("/") ? "/" : "."
    var reached = path.hasPrefix("/") ? "/" : ""
    let parts = path.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      let next = reached + part
      switch Result(catching: { () throws(SystemError) in try DirectoryListing.identity(of: next) }) {
      case .success((true, _)):
        (parent, reached) = (next, next + "/")
      case .success((false, _)):
        return .notADirectory(path: next)
      case .failure:
        let siblings = (try? DirectoryListing(parent))?.entries.filter(\.isDirectory).map(\.name) ?? []
        let similar = Similarity.nearest(to: part, among: siblings)
        let rest = parts[(index + 1)...].map { "/" + $0 }.joined()
        return .noSuchDirectory(path: path, missing: next, suggestion: similar.map { reached + $0 + rest })
      }
    }
    return .noSuchDirectory(path: path, missing: path, suggestion: nil)
  }
}
