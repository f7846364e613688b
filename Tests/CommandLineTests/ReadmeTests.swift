import ConvoTestSupport
import Foundation
import Testing

/// The README shows what really happens. `script/readme` writes its output blocks; this compares them with a new run.
@Suite struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The fenced blocks of the README in one language.
  private func blocks(_ language: String) throws -> [String] {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    return readme.components(separatedBy: "```\(language)\n").dropFirst().map { part in
      part.components(separatedBy: "```")[0]
    }
  }

  /// Numbers that training measured differ between machines; what a model then says of a picture does too.
  private func masked(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      if line.hasPrefix("Epoch ") { return String(line).replacing(/\d+(\.\d+)?(ms|us|µs|s)?/, with: "#") }
      return String(line).replacing(/: \d\.\d+ → .*/, with: ": # → #")
    }
  }

  @Test func theTenLinesPrintWhatTheReadmeSays() throws {
    let program = try #require(try blocks("convo").first)
    let file = Self.root.appending(path: "lessons/first.convo")
    #expect(try String(contentsOf: file, encoding: .utf8) == program)
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(["run", file.path], in: folder.url)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(masked(outcome.output) == masked(try #require(try blocks("text").first)))
  }

  @Test func theSlipIsReportedAsTheReadmeSays() throws {
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(
      ["-c", "new model input=300x300x3; add conv2d 16 3x3 activatoin=relu"], in: folder.url)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == (try blocks("text")[1]))
  }
}
