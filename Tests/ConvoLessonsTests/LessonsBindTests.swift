import ConvoCommands
import ConvoKernel
import ConvoLanguage
import ConvoLessons
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Every cell of every lesson is made of commands that there are, with arguments that they take.
@Suite struct LessonsBindTests {
  private static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: lessonsDirectory))?
    .filter { $0.hasSuffix(".md") }.sorted() ?? []

  @Test func thereAreLessons() {
    #expect(Self.files.contains("week4.md"))
  }

  @Test(arguments: files)
  func everyCellBinds(file: String) throws {
    let session = Session(catalog: .standard, state: SessionState(settings: Settings(threads: 1)))
    for cell in try Lesson(contentsOf: lessonsDirectory + "/" + file).cells {
      #expect(session.check(cell).map(\.rendered) == [])
    }
  }
}
