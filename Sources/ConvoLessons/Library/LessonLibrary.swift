public import ConvoLanguage

/// All lessons and concepts of a folder.
public struct LessonLibrary: Sendable {
  public let folder: String
  /// In the order of the course: by `order`, by what needs what, by the name of the file.
  public let lessons: [Lesson]
  /// What `explain` knows, by id.
  public let concepts: [Lesson]
  /// What is wrong with the files that could not be read.
  public let unreadable: [String: [LocatedDiagnostic]]

  /// - Throws: where there is no folder of lessons.
  public static func usual() throws(LessonError) -> LessonLibrary {
    LessonLibrary(folder: try LessonsFolder.find())
  }

  public init(folder: String) {
    self.folder = folder
    var unreadable: [String: [LocatedDiagnostic]] = [:]
    func read(_ folder: String) -> [Lesson] {
      LessonsFolder.files(in: folder).compactMap { name in
        let path = folder + "/" + name
        do throws(LessonError) {
          return try Lesson(contentsOf: path)
        } catch {
          unreadable[path] = error.diagnostics
          return nil
        }
      }
    }
    let found = read(folder)
    lessons = Self.ordered(found)
    concepts = read(folder + "/concepts").sorted { $0.id < $1.id }
    self.unreadable = unreadable
  }

  /// The library that a file belongs to: that of its folder, or of the folder around `concepts`.
  public static func around(_ file: String) -> LessonLibrary {
    var folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    if folder.last == "concepts" { folder = folder.dropLast() }
    let path = folder.joined(separator: "/")
    return LessonLibrary(folder: path.isEmpty ? file.hasPrefix("/") ? "/" : "." : path)
  }

  /// - Throws: with the nearest spelling where there is none of that id.
  public func lesson(_ id: String) throws(LessonError) -> Lesson {
    if let lesson = lessons.first(where: { $0.id == id }) { return lesson }
    if let path = unreadable.keys.first(where: { $0.hasSuffix("/\(id).md") }), let mistakes = unreadable[path] {
      throw .mistakes(mistakes)
    }
    throw .noSuchLesson(id, near: Spelling.nearest(to: id, in: lessons.map(\.id)))
  }

  /// The lesson of that id; where there is none, the concept of that name.
  public func lessonOrConcept(_ name: String) throws(LessonError) -> Lesson {
    do throws(LessonError) {
      return try lesson(name)
    } catch {
      if let concept = concept(name) { return concept }
      throw error
    }
  }

  /// The concept of that id or other name; names are compared without regard to capitals, blanks and hyphens.
  public func concept(_ name: String) -> Lesson? {
    let wanted = Self.key(name)
    return concepts.first { Self.key($0.id) == wanted }
      ?? concepts.first { $0.head.also.map(Self.key).contains(wanted) }
  }

  /// The concept name that was probably meant.
  public func nearestConcept(to name: String) -> String? {
    Spelling.nearest(to: name, in: concepts.flatMap { [$0.id] + $0.head.also })
  }

  private static func key(_ name: String) -> String {
    name.lowercased().filter { !" -_".contains($0) }
  }

  /// The lessons that have to be run before one, in the order in which to run them.
  ///
  /// - Throws: where one does not exist or can't be read, and where they need each other in a circle.
  public func lessons(before lesson: Lesson) throws(LessonError) -> [Lesson] {
    var found: [Lesson] = []
    try collect(before: lesson, path: [lesson.id], into: &found)
    return found
  }

  private func collect(before lesson: Lesson, path: [String], into found: inout [Lesson]) throws(LessonError) {
    for id in lesson.head.needs {
      guard !path.contains(id) else {
        throw .mistakes([
          needsMistake(lesson, "the lessons need each other in a circle: " + (path + [id]).joined(separator: " → "))
        ])
      }
      guard !found.contains(where: { $0.id == id }) else { continue }
      guard let needed = lessons.first(where: { $0.id == id }) else {
        let near = Spelling.nearest(to: id, in: lessons.map(\.id))
        let isBroken = unreadable.keys.contains { $0.hasSuffix("/\(id).md") }
        throw .mistakes([
          needsMistake(
            lesson, isBroken ? "the lesson '\(id)' that this one needs has mistakes" : "there is no lesson '\(id)'",
            help: isBroken ? "check it first" : near.map { "did you mean '\($0)'?" } ?? "")
        ])
      }
      try collect(before: needed, path: path + [id], into: &found)
      found.append(needed)
    }
  }

  private func needsMistake(_ lesson: Lesson, _ message: String, help: String = "") -> LocatedDiagnostic {
    let line = "needs: [" + lesson.head.needs.joined(separator: ", ") + "]"
    return LocatedDiagnostic(
      Diagnostic(code: "lesson", message: message, help: help, span: Span(0, line.utf8.count)),
      in: SourceText(line, file: lesson.file, firstLine: lesson.head.lines["needs"] ?? 1))
  }

  private static func ordered(_ lessons: [Lesson]) -> [Lesson] {
    func depth(_ lesson: Lesson, _ seen: Set<String>) -> Int {
      guard !seen.contains(lesson.id) else { return 0 }
      let needed = lesson.head.needs.compactMap { id in lessons.first { $0.id == id } }
      return (needed.map { depth($0, seen.union([lesson.id])) }.max() ?? -1) + 1
    }
    let keyed = lessons.map { (order: $0.head.order ?? .max, depth: depth($0, []), lesson: $0) }
    return keyed.sorted { ($0.order, $0.depth, $0.lesson.id) < ($1.order, $1.depth, $1.lesson.id) }.map(\.lesson)
  }
}
