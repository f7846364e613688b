import ConvoStateFiles
import ConvoTestSupport
import Foundation
import Testing

@testable import ConvoTerminal

@Suite struct HistoryFileTests {
  private let scratch = try? TemporaryFolder()

  private func file(_ name: String = "a/b/history") throws -> HistoryFile {
    HistoryFile(path: try #require(scratch).url.appending(path: name).path)
  }

  @Test func theUsualPlaceFollowsXDG() {
    #expect(StateDirectory.path(stateHome: nil, home: "/home/x") == "/home/x/.local/state/convo")
    #expect(StateDirectory.path(stateHome: "/s", home: "/home/x") == "/s/convo")
    #expect(StateDirectory.path(stateHome: "relative", home: "/home/x") == "/home/x/.local/state/convo")
    #expect(StateDirectory.path(stateHome: nil, home: nil) == nil)
  }

  @Test func whatIsAppendedIsLoaded() throws {
    let file = try file()
    #expect(try file.load().entries.isEmpty)
    let entries = ["help", "two\nlines \\ of\r\"text\"", "日本 ü 🐎", "\tx"]
    for entry in entries { try file.append(entry) }
    let (found, unreadable) = try file.load()
    #expect(found == entries)
    #expect(unreadable == 0)
  }

  @Test func nobodyElseMayReadIt() throws {
    let file = try file()
    try file.append("help")
    func mode(_ path: String) throws -> Int? {
      (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
    #expect(try mode(file.path) == 0o600)
    #expect(try mode(URL(filePath: file.path).deletingLastPathComponent().path) == 0o700)
  }

  @Test func linesThatMakeNoSenseAreLeftOut() throws {
    let file = try file("history")
    try Data([0x68, 0x69, 0x0A, 0xFF, 0xFE, 0x0A, 0x00, 0x0A, 0x5C, 0x71, 0x0A, 0x6F, 0x6B]).write(
      to: URL(filePath: file.path))
    let (entries, unreadable) = try file.load()
    #expect(entries == ["hi", "ok"])
    #expect(unreadable == 3)
    // A line that was cut off does not swallow the next.
    try file.append("next")
    #expect(try file.load().entries == ["hi", "ok", "next"])
  }

  @Test func theOldestGiveWay() throws {
    let file = try file("history")
    let lines = (0..<HistoryFile.limit + 5).map { "entry \($0)\n" }.joined()
    try Data(lines.utf8).write(to: URL(filePath: file.path))
    let (entries, _) = try file.load()
    #expect(entries.count == HistoryFile.limit)
    #expect(entries.first == "entry 5")
    #expect(try String(contentsOfFile: file.path, encoding: .utf8).hasPrefix("entry 5\n"))
    #expect(try file.load().entries == entries)
  }

  @Test func severalSessionsLoseNothing() async throws {
    let file = try file()
    try file.append("first")
    let path = file.path
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          for number in 0..<50 { try? HistoryFile(path: path).append("\(session) \(number)") }
        }
      }
    }
    let entries = try file.load().entries
    #expect(entries.count == 201)
    for session in 0..<4 {
      #expect(entries.filter { $0.hasPrefix("\(session) ") } == (0..<50).map { "\(session) \($0)" })
    }
  }

  @Test func whatIsNoFileIsAProblemInWords() throws {
    let path = try #require(scratch).url.path
    #expect(throws: HistoryFile.Problem.self) { try HistoryFile(path: path).load() }
    #expect(throws: HistoryFile.Problem.self) { try HistoryFile(path: path).append("x") }
    try #require(scratch).write("", to: "file")
    #expect(throws: HistoryFile.Problem.self) { try HistoryFile(path: path + "/file/history").append("x") }
    #expect(try HistoryFile(path: path + "/file/history").load().entries.isEmpty)
  }
}
