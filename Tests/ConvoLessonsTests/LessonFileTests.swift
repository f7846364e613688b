import ConvoLanguage
import ConvoLessons
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are lessons, and files that are none.
@Suite final class LessonFileTests {
  private let directory: String

  init() throws {
    directory = FileManager.default.temporaryDirectory.path + "/convo-lessons-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = directory + "/a.md"
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  @Test func aLesson() throws {
    let path = try file(Array("```convo\nsummary\n```".utf8))
    let lesson = try Lesson(contentsOf: path)
    #expect(lesson.file == path)
    #expect(lesson.cells.map(\.file) == [path])
    #expect(lesson.dump == "convo@2|summary")
  }

  @Test func anEmptyFile() throws {
    #expect(try Lesson(contentsOf: file([])).steps.isEmpty)
  }

  @Test func missing() {
    let path = directory + "/b.md"
    #expect(throws: LessonError.missing(path: path)) { try Lesson(contentsOf: path) }
  }

  @Test func aDirectory() {
    #expect(throws: LessonError.notAFile(path: directory, isDirectory: true)) { try Lesson(contentsOf: directory) }
  }

  @Test func aPipeIsNotWaitedFor() {
    let path = directory + "/pipe.md"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: LessonError.notAFile(path: path, isDirectory: false)) { try Lesson(contentsOf: path) }
  }

  @Test func notUTF8() throws {
    let path = try file(Array("a\nb\n".utf8) + [0xFF, 0xFE])
    let error = LessonError.notUTF8(path: path, line: 3)
    #expect(throws: error) { try Lesson(contentsOf: path) }
    #expect(error.message == "\(path):3: this is not text in UTF-8")
  }

  @Test func tooLarge() throws {
    let limit = 1 << 20
    #expect(try Lesson(contentsOf: file([UInt8](repeating: 0x20, count: limit))).steps.isEmpty)
    let path = try file([UInt8](repeating: 0x20, count: limit + 1))
    #expect(throws: LessonError.tooLarge(path: path, size: limit + 1, limit: limit)) { try Lesson(contentsOf: path) }
  }

  @Test(.disabled(if: getuid() == 0, "everything may be read"))
  func noPermission() throws {
    let path = try file([])
    chmod(path, 0)
    #expect(throws: LessonError.noPermission(path: path)) { try Lesson(contentsOf: path) }
  }
}
