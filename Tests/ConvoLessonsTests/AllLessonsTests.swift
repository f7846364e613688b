import ConvoTestSupport
import Foundation
import Testing

/// Every lesson and every concept that there is, with small pictures.
@Suite struct AllLessonsTests {
  @Test func everyLessonPassesItsCheck() throws {
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(
      ["check", "--small"], in: folder.url, environment: ["CONVO_LESSONS": lessonsDirectory])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("✓ week4: "))
  }
}
