import ConvoTestSupport
import Foundation
import Testing

/// The command line as language.md promises it: calls, options, exit statuses, what goes where.
@Suite struct CommandLineTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func convo(_ arguments: String..., input: String = "") throws -> ConvoProcess.Outcome {
    try ConvoProcess.run(arguments, in: folder.url, input: input)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: name))
  }

  @Test func commandsFromTheCommandLine() throws {
    let outcome = try convo("-c", "new model input=8x8x3; add flatten\nmodels")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("flatten: 8x8x3 → 192"))
  }

  @Test func standardInputIsAScript() throws {
    let outcome = try convo(input: "new model input=8x8x3\nadd flatten")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("flatten: 8x8x3 → 192"))
    #expect(!outcome.output.contains("In ["))
  }

  @Test func aScriptStopsAtTheFirstFailure() throws {
    try write("new model input=8x8x3\nadd maxpooling2d 9x9\nadd flatten\n", to: "a.convo")
    let stopped = try convo("run", "a.convo")
    #expect(stopped.status == 1)
    #expect(stopped.errors.hasPrefix("a.convo:2:5: error: maxpooling2d does not fit on 8x8x3"))
    #expect(!stopped.output.contains("flatten:"))
    let kept = try convo("run", "a.convo", "--keep-going")
    #expect(kept.status == 1)
    #expect(kept.output.contains("flatten: 8x8x3 → 192"))
  }

  @Test func mistakesAreFoundBeforeAnythingRuns() throws {
    try write("new model input=8x8x3\nadd con2d 3\nadd dense units=x\n", to: "a.convo")
    let outcome = try convo("run", "a.convo")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("a.convo:2:5: error: layer must be"))
    #expect(outcome.errors.contains("did you mean 'conv2d'?"))
    #expect(outcome.errors.contains("a.convo:3:17: error: units must be a whole number"))
  }

  @Test(arguments: [
    ["--bogus"], ["run"], ["-c"], ["--threads", "0"], ["--seed", "-1"], ["--color", "pink"], ["frobnicate"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try ConvoProcess.run(arguments, in: folder.url)
    #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test func helpAndVersion() throws {
    #expect(try convo("--version").output == "0.1.0\n")
    let help = try convo("--help")
    #expect(help.status == 0 && help.output.contains("USAGE: convo"))
  }

  @Test(arguments: [
    ("none.convo", "'none.convo' can't be read: No such file or directory"),
    ("none.md", "none.md"), ("a.xyz", "'a.xyz' is nothing that convo can run"), (".", "is nothing that convo can run"),
    ("folder.convo", "'folder.convo' can't be read: Is a directory"), ("latin.convo", "is not a text in UTF-8"),
  ])
  func unreadableFiles(file: String, message: String) throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "folder.convo"), withIntermediateDirectories: true)
    try Data([0x66, 0xFC, 0x0A]).write(to: folder.url.appending(path: "latin.convo"))
    let outcome = try convo("run", file)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func withJSONNothingButEventsIsPrinted() throws {
    let outcome = try convo("--json", "-c", "new model input=8x8x3; summary; add conv2d 4 9x9")
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    #expect(
      outcome.events.compactMap { $0["event"] as? String } == [
        "began", "text", "ended", "began", "summary", "ended", "began", "error", "ended",
      ])
    let error = try #require(outcome.events.first { $0["event"] as? String == "error" })
    #expect(error["code"] as? String == "shape" && error["line"] as? Int == 1 && error["cell"] as? Int == 3)
    #expect(error["column"] as? Int == 37 && error["length"] as? Int == 6)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{\"event\":") })
  }

  @Test func wideOptionsGoBeforeOrBehindTheSubcommand() throws {
    try write("help", to: "a.convo")
    #expect(try convo("run", "--json", "a.convo").output.hasPrefix("{\"event\":"))
    #expect(try convo("--json", "run", "a.convo").output.hasPrefix("{\"event\":"))
  }

  @Test func severalFilesShareASession() throws {
    try write("new model input=8x8x3", to: "a.convo")
    try write("add flatten", to: "b.convo")
    #expect(try convo("run", "a.convo", "b.convo").output.contains("flatten: 8x8x3 → 192"))
  }
}
