import ConvoTestSupport
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The real prompt in a real terminal.
@Suite struct PromptTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(columns: Int = 80, _ environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(in: folder.url, columns: columns, environment: environment)
    terminal.waitForPrompt(1)
    return terminal
  }

  @Test func cellsAreNumberedAndMistakesEndNothing() throws {
    let terminal = try open()
    #expect(terminal.screen.text.contains("Ctrl-D leaves"))
    terminal.enter("models")
    terminal.waitForPrompt(2)
    terminal.enter("modles")
    terminal.wait(for: "did you mean 'models'?")
    terminal.waitForPrompt(3)
    // Neither an empty line nor a comment is a cell.
    terminal.enter("")
    terminal.enter("  # later")
    terminal.enter("help")
    terminal.wait(for: "In [3]: help")
    terminal.waitForPrompt(4)
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test(arguments: ["exit", "quit", " quit() "]) func wordsLeaveToo(_ word: String) throws {
    let terminal = try open()
    terminal.enter("modles")
    terminal.waitForPrompt(2)
    terminal.enter(word)
    #expect(terminal.exitStatus() == 0)
  }

  @Test func anOpenBracketAsksForMore() throws {
    let terminal = try open()
    terminal.enter("new model \\")
    terminal.wait(for: "the second prompt") { $0.cursorLine == "   ...:" }
    terminal.enter("input=(8,")
    terminal.enter("8, 3)")
    terminal.waitForPrompt(2)
    #expect(terminal.screen.text.contains("   ...: 8, 3)"))
    #expect(!terminal.screen.text.contains("error"))
    // It comes back as one entry.
    terminal.type("\u{1B}[A")
    terminal.wait(for: "the last line of the entry") { $0.cursorLine == "8, 3)" }
    terminal.type("\u{3}")
    terminal.waitForPrompt(2)
    #expect(try folder.read("state/convo/history") == "new model \\\\\\ninput=(8,\\n8, 3)\n")
    // Ctrl-C abandons all of it; so does Enter, pressed again and again.
    terminal.enter("new model [")
    terminal.type("\u{3}")
    terminal.waitForPrompt(2)
    terminal.enter("new model 'x")
    terminal.enter("")
    terminal.enter("")
    terminal.wait(for: "this quote is never closed")
    terminal.waitForPrompt(3)
  }

  @Test func controlCAbandonsTheLine() throws {
    let terminal = try open()
    terminal.type("new model half a li")
    terminal.waitForPrompt(1, typed: "new model half a li")
    terminal.type("\u{3}")
    terminal.wait(for: "li^C")
    terminal.waitForPrompt(1)
    terminal.enter("models")
    terminal.waitForPrompt(2)
    #expect(try folder.read("state/convo/history") == "models\n")
  }

  @Test func theHistoryOutlivesTheSession() throws {
    let first = try open()
    first.enter("modles")
    first.waitForPrompt(2)
    first.enter("models")
    first.waitForPrompt(3)
    first.enter("models")
    first.waitForPrompt(4)
    // Killed, not left.
    first.send(SIGKILL)
    #expect(first.exitStatus() == -SIGKILL)
    #expect(try folder.read("state/convo/history") == "modles\nmodels\n")
    let second = try open()
    second.type("\u{12}dle")
    second.wait(for: "what the search found") { $0.text.contains("In [1]: modles") }
    second.enter("")
    second.wait(for: "did you mean 'models'?")
    second.waitForPrompt(2)
    second.type("\u{1B}[A\u{1B}[A")
    second.waitForPrompt(2, typed: "models")
  }

  @Test func aBrokenHistoryIsNoFailure() throws {
    try folder.write("good\n\u{1}\nbad\\x\n", to: "state/convo/history")
    let terminal = try open()
    #expect(terminal.screen.text.contains("2 lines of the history"))
    terminal.type("\u{1B}[A")
    terminal.waitForPrompt(1, typed: "good")
    try folder.write("", to: "file")
    let other = try open(["XDG_STATE_HOME": folder.url.appending(path: "file").path])
    other.enter("models")
    other.wait(for: "can't be written")
    other.waitForPrompt(2)
    other.enter("help")
    other.waitForPrompt(3)
    #expect(other.screen.text.split(separator: "can't be written").count == 2)
  }

  @Test func wordsOfAllKindsAreCompleted() throws {
    try folder.write("", to: "my pictures/a.png")
    try folder.write("", to: "myths/b.png")
    let terminal = try open()
    terminal.type("hel\t")
    terminal.waitForPrompt(1, typed: "help")
    terminal.type("\u{15}compile loss=bin\t")
    terminal.waitForPrompt(1, typed: "compile loss=binary_crossentropy")
    terminal.type("opti\t")
    terminal.waitForPrompt(1, typed: "compile loss=binary_crossentropy optimizer=")
    terminal.type("\u{15}load generator x from m\t")
    terminal.waitForPrompt(1, typed: "load generator x from my")
    terminal.type("\t")
    terminal.wait(for: "the list of directories") { $0.text.contains("my pictures/  myths/") }
    terminal.waitForPrompt(1, typed: "load generator x from my")
    terminal.type(" p\t")
    terminal.type("\u{15}load generator x from 'my p\t")
    terminal.waitForPrompt(1, typed: "load generator x from 'my pictures/")
    terminal.type("\u{15}new model horses input=8x8x3\r")
    terminal.waitForPrompt(2)
    terminal.type("use ho\t")
    terminal.waitForPrompt(2, typed: "use horses")
  }

  @Test func charactersOfAllWidthsAreEdited() throws {
    let terminal = try open()
    terminal.type("ü日本x")
    terminal.waitForPrompt(1, typed: "ü日本x")
    // Behind the 日, then before it.
    terminal.type("\u{1B}[D\u{1B}[D語")
    terminal.waitForPrompt(1, typed: "ü日語本x")
    terminal.type("\u{7F}\u{7F}é")
    terminal.waitForPrompt(1, typed: "üé本x")
    terminal.enter("")
    terminal.wait(for: "there is no command 'üé本x'")
    terminal.wait(for: "    | ^^^^^\n")
    terminal.waitForPrompt(2)
  }

  @Test func aResizeInMidLineLosesNothing() throws {
    let terminal = try open(columns: 60)
    let line = "load generator aaaaaaaaaa bbbbbbbbbb cccccccccc"
    terminal.type(line)
    terminal.waitForPrompt(1, typed: line)
    terminal.resize(columns: 100)
    terminal.type(" dddddddddd eeeeeeeeee")
    terminal.waitForPrompt(1, typed: line + " dddddddddd eeeeeeeeee")
    terminal.type("\u{1}#")
    terminal.waitForPrompt(1, typed: "#" + line + " dddddddddd eeeeeeeeee")
    terminal.enter("")
    terminal.enter("models")
    terminal.waitForPrompt(2)
  }

  @Test func aPasteRunsItsLinesInOrder() throws {
    let terminal = try open()
    terminal.type("\u{1B}[200~models\rmodles\n\thelp compile\nnew mo\u{1B}[201~")
    terminal.waitForPrompt(4, typed: "new mo")
    for line in ["In [1]: models", "In [2]: modles", "In [3]:     help compile"] {
      #expect(terminal.screen.lines.contains(line))
    }
  }

  @Test func linesTypedAheadWaitTheirTurn() throws {
    let terminal = try open()
    terminal.type("models\rmodles\rhelp compile\rnew mo")
    terminal.waitForPrompt(4, typed: "new mo")
    for line in ["In [1]: models", "In [2]: modles", "In [3]: help compile"] {
      #expect(terminal.screen.lines.contains(line))
    }
  }

  @Test func colorsAreLeftOutWhereTheyAreNotWanted() throws {
    let plain = try open(["NO_COLOR": "1"])
    plain.enter("modles")
    plain.waitForPrompt(2)
    #expect(plain.screen.renditions.isEmpty)
    let colored = try open()
    colored.enter("modles")
    colored.waitForPrompt(2)
    #expect(colored.screen.renditions.contains("1;31"))
  }

  @Test func aNarrowWindowBreaksNoLine() throws {
    let terminal = try open(columns: 20)
    for line in ["new model input=8x8x3", "add flatten", "add dense 1 activation=sigmoid", "summary", "modles"] {
      terminal.enter(line)
    }
    terminal.waitForPrompt(6)
    #expect(terminal.screen.lines.contains("  Output Shape:"))
    #expect(terminal.screen.lines.contains(" Total params: 193"))
    // What is too wide for the window is broken by nobody but us.
    let words = terminal.screen.text.split(whereSeparator: \.isWhitespace)
    #expect(words.contains("command") && words.contains("'models'?"))
  }

  @Test func aDumbTerminalIsSentNoSequences() throws {
    let terminal = try open(["TERM": "dumb"])
    terminal.enter("help compile")
    terminal.waitForPrompt(2)
    terminal.type("hel\t")
    terminal.wait(for: "In [2]: help")
    #expect(!terminal.received.contains("\u{1B}"))
  }

  @Test func requestsToEndAreHeard() throws {
    for signal in [SIGTERM, SIGHUP] {
      let terminal = try open()
      terminal.type("half a line")
      terminal.waitForPrompt(1, typed: "half a line")
      terminal.send(signal)
      #expect(terminal.exitStatus() == -signal)
    }
  }

  @Test func theLearnersOwnKeysAreHonored() throws {
    try folder.write("bind -v\n", to: ".editrc")
    let terminal = try open()
    terminal.type("helpx")
    terminal.waitForPrompt(1, typed: "helpx")
    terminal.type("\u{1B}")
    terminal.type("x")
    terminal.waitForPrompt(1, typed: "help")
    terminal.type("S")
    terminal.waitForPrompt(1)
    terminal.type("comp\t")
    terminal.wait(for: "In [1]: comp")
  }
}
