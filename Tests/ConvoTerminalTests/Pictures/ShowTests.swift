import ConvoImages
import ConvoTestSupport
import Foundation
import Testing

/// `show` in a real terminal.
@Suite struct ShowTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let bytes = (0..<(30 * 30)).flatMap { [UInt8]($0 % 30 < 15 ? [0, 200, 0] : [200, 0, 200]) }
    try PixelImage(height: 30, width: 30, channels: 3, bytes: bytes)
      .writePNG(to: folder.url.appending(path: "two.png").path)
  }

  private func shown(columns: Int, _ environment: [String: String]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["-c", "show two.png"], in: folder.url, columns: columns, environment: environment)
    #expect(terminal.exitStatus() == 0)
    return terminal
  }

  @Test func charactersInColors() throws {
    let terminal = try shown(columns: 80, ["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    let lines = terminal.screen.lines
    #expect(lines[0] == "two.png: 30x30, png")
    #expect(terminal.screen.renditions.contains { $0.contains("0;200;0") })
    #expect(terminal.screen.renditions.contains { $0.contains("200;0;200") })
    #expect(terminal.received.filter { $0 == "\r\n" }.count == 1 + 15)
  }

  @Test func aNarrowWindowIsNotOverrun() throws {
    let terminal = try shown(columns: 12, ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(terminal.screen.lines.allSatisfy { $0.count <= 11 })
    #expect(!terminal.received.contains("\u{1B}"))
  }

  @Test func graphicsWhereThereAreAny() throws {
    #expect(try shown(columns: 80, ["TERM": "xterm-kitty"]).received.contains("\u{1B}_Ga=T,f=32,s=30,v=40,"))
    #expect(try shown(columns: 80, ["TERM": "foot"]).received.contains("\"1;1;30;3"))
  }

  @Test func aDumbTerminalIsTold() throws {
    let terminal = try shown(columns: 80, ["TERM": "dumb"])
    #expect(terminal.screen.text.hasSuffix("a picture of 30x30 pixels (image/png), which can't be shown here"))
  }

  /// The prompt stands below the picture, and goes on.
  @Test func thePromptComesBack() throws {
    let terminal = try PseudoTerminal(in: folder.url, environment: ["TERM": "xterm-256color"])
    terminal.waitForPrompt(1)
    terminal.enter("show two.png target_size=8x8")
    terminal.waitForPrompt(2)
    terminal.resize(columns: 30)
    terminal.enter("show two.png")
    terminal.waitForPrompt(3)
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  /// What went away since the generator was loaded is left out of the sheet, and named.
  @Test func picturesThatAreGoneAreLeftOut() throws {
    for name in ["a/1", "a/2", "b/3"] {
      let file = folder.url.appending(path: "data/\(name).png")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: folder.url.appending(path: "two.png"), to: file)
    }
    let terminal = try PseudoTerminal(in: folder.url, environment: ["NO_COLOR": "1"])
    terminal.waitForPrompt(1)
    terminal.enter("set cache=0")
    terminal.waitForPrompt(2)
    terminal.enter("load generator train from data target_size=8x8")
    terminal.waitForPrompt(3)
    try FileManager.default.removeItem(at: folder.url.appending(path: "data/a/2.png"))
    terminal.enter("show train")
    terminal.waitForPrompt(4)
    #expect(terminal.screen.text.contains("left out: data/a/2.png: there is no such file"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "data"))
    terminal.enter("show train")
    terminal.wait(for: "load the generator again")
    terminal.waitForPrompt(5)
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }
}
