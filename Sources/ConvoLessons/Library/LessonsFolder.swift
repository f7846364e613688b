#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder that holds the lessons.
public enum LessonsFolder {
  /// Where to look for it, in order: what `CONVO_LESSONS` names, `lessons` here, and `lessons` beside the program or any
  /// folder that the program lies in.
  static var candidates: [String] {
    if let named = getenv("CONVO_LESSONS"), named.pointee != 0 { return [String(cString: named)] }
    var folders = ["lessons"]
    var folder = executable.split(separator: "/").dropLast()
    while true {
      folders.append("/" + (folder + ["lessons"]).joined(separator: "/"))
      if folder.isEmpty { return folders }
      folder = folder.dropLast()
    }
  }

  /// - Throws: where there is none.
  public static func find() throws(LessonError) -> String {
    let candidates = candidates
    if let found = candidates.first(where: { !files(in: $0).isEmpty }) { return found }
    throw .noLessons(in: candidates.first ?? "lessons", isNamed: candidates.count == 1)
  }

  /// The Markdown files of a folder that are lessons, sorted by name. README.md, WRITING.md and others in capitals are
  /// for people alone.
  static func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      if name.hasSuffix(".md"), !name.hasPrefix("."), name.dropLast(3) != name.dropLast(3).uppercased() {
        names.append(name)
      }
    }
    return names.sorted()
  }

  /// The running program's file, links resolved; empty where the system does not say.
  private static var executable: String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Glibc)
      let count = readlink("/proc/self/exe", &path, path.count - 1)
      return count > 0 ? String(decoding: path.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    #else
      var size = UInt32(path.count)
      guard _NSGetExecutablePath(&path, &size) == 0, let real = realpath(path, nil) else { return "" }
      defer { free(real) }
      return String(cString: real)
    #endif
  }
}
