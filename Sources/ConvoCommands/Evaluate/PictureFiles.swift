import ConvoImages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The pictures in a directory.
enum PictureFiles {
  /// Paths of all pictures in a directory and below, sorted. What a file is, its first bytes tell. Links to directories
  /// are not followed, so that none can lead in a circle.
  static func below(_ directory: String) -> [String] {
    var found: [String] = []
    var waiting = [directory]
    while let folder = waiting.popLast() {
      guard let stream = opendir(folder) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          waiting.append(path)
        } else if (try? ImageFile.header(of: path)) != nil {
          found.append(path)
        }
      }
    }
    return found.sorted()
  }
}
