import ConvoTestSupport
import Foundation
import Testing

/// Python at the prompt.
@Suite struct PythonPromptTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(in: folder.url, columns: 100, environment: [:])
    terminal.waitForPrompt(1)
    return terminal
  }

  @Test func openBracketsAndBlocksAskForMore() throws {
    let terminal = try open()
    terminal.enter("x = [40,")
    terminal.wait(for: "the second prompt") { $0.cursorLine == "   ...:" }
    terminal.enter("2]")
    terminal.waitForPrompt(2)
    terminal.enter("for n in x:")
    terminal.enter("  print('item', n)")
    terminal.enter("")
    terminal.waitForPrompt(3)
    #expect(terminal.screen.lines.contains("item 40"))
    #expect(terminal.screen.lines.contains("item 2"))
    terminal.enter("x[0] + x[1]")
    terminal.waitForPrompt(4)
    #expect(terminal.screen.lines.contains("42"))
  }

  @Test func aPasteIsOneCell() throws {
    let terminal = try open()
    terminal.type(
      "\u{1B}[200~a = 1\n\nif a == 1:\n    print('one')\n\n    print('still one')\nprint('end')\n\u{1B}[201~")
    terminal.waitForPrompt(2)
    for line in ["one", "still one", "end"] { #expect(terminal.screen.lines.contains(line)) }
    #expect(!terminal.screen.text.contains("error"))
  }

  @Test func aMistakeStandsAtItsLineAndRunsNothing() throws {
    let terminal = try open()
    terminal.type("\u{1B}[200~print('first')\nfrom keras\nimport layers\n\u{1B}[201~")
    terminal.wait(for: "error: the import is broken over two lines")
    terminal.waitForPrompt(2)
    #expect(!terminal.screen.lines.contains("first"))
  }
}
