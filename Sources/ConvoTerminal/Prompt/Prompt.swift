public import ConvoKernel
public import ConvoLanguage
import ConvoOutput

/// Reads cells from a terminal and runs them: the notebook without a notebook.
public final class Prompt {
  private enum Entry {
    case cell(String)
    case nothing
    case leave
  }

  /// Words that leave the prompt, and what people type who come from Python.
  private static let farewells = ["exit", "quit", "exit()", "quit()"]

  private let driver: CellDriver
  private let version: String
  private let quiet: Bool
  private let shorthand: @Sendable (String, SessionState) -> String?
  private let painter: Painter
  private let output = StandardStream.output
  private let history: HistoryFile?
  private var lastEntry: String?
  private var historyFailed = false

  /// - Parameters:
  ///   - quiet: whether to leave out the line that welcomes.
  ///   - shorthand: the commands that an entry stands for, blanks around it removed, where it is no command itself: an
  ///     empty line in a lesson, a number that answers a question.
  public init(
    driver: CellDriver, version: String, color: ColorChoice, quiet: Bool,
    shorthand: @escaping @Sendable (String, SessionState) -> String? = { _, _ in nil }
  ) {
    self.shorthand = shorthand
    self.driver = driver
    self.version = version
    self.quiet = quiet
    painter = Painter(hasColors: color.allowsColors(on: .output))
    history = .usual
  }

  /// Reads and runs until the learner leaves; returns the process's exit status.
  ///
  /// - Parameter first: a cell to run before anything is read.
  public func run(first: SourceText? = nil) -> Int32 {
    guard let editor = LineEditor(program: "convo") else {
      note("the line editor does not start", .failure)
      return 1
    }
    if !quiet { say("convo \(version) · type help for the commands, Tab completes, Ctrl-D leaves", .faint) }
    loadHistory(into: editor)
    var number = 1 + driver.wait { await $0.transcript.cells.last?.number ?? 0 }
    if let first { number = run(first, editor) }
    while true {
      switch read(number: number, from: editor) {
      case .nothing: continue
      case .leave: return 0
      case .cell(let text):
        let meaning = short(text)
        if meaning == nil { remember(text.trimmed, in: editor) }
        number = run(SourceText(meaning ?? text), editor)
      }
    }
  }

  /// Runs a cell.
  ///
  /// - Returns: the number of the next.
  private func run(_ source: SourceText, _ editor: LineEditor) -> Int {
    let outcome = driver.runToEnd(source)
    if let signal = ProcessSignals.endRequest { leave(editor, dyingOf: signal) }
    if outcome.interrupted { editor.dropPasted() }
    return outcome.cell + 1
  }

  private func short(_ text: String) -> String? {
    shorthand(text.trimmed, driver.wait { await $0.state })
  }

  /// Reads the lines of one entry: as many as the parser asks for.
  private func read(number: Int, from editor: LineEditor) -> Entry {
    var prompt = Line("In [\(number)]:", .success)
    prompt.append(" ")
    var text = ""
    var isContinued = false
    while true {
      let earlier = text
      let completer = WordCompleter { [driver] question in driver.wait { await $0.completion(of: question) } }
      editor.complete = { completer.edit($0, after: earlier) }
      switch editor.read(prompt: prompt, painter: painter) {
      case .interrupted: return .nothing
      case .ended:
        // The terminal's driver must be as it was before the process ends.
        output.write("\n")
        if let signal = ProcessSignals.endRequest { leave(editor, dyingOf: signal) }
        return isContinued ? .nothing : .leave
      case .line(let line):
        text += line
        // A blank line between pasted commands is nobody's Enter.
        let isGap = text.trimmed.isEmpty && editor.hasPasted
        if !isContinued, !isGap, short(text) != nil { return .cell(text) }
        let source = SourceText(text)
        let program = Parser.parse(source)
        let dialect = driver.session.catalog.dialect(of: source)
        // What was pasted in another language is one cell: its blocks and its calls have blank lines inside.
        let isPasted = dialect != nil && editor.hasPasted
        let isIncomplete = dialect?.isIncomplete(source) ?? program.isIncomplete
        // Who presses Enter again and again wants out: the mistake is shown.
        if isPasted || (isIncomplete && !text.hasSuffix("\n\n")) {
          text += "\n"
          prompt = continuation(of: number)
          isContinued = true
          continue
        }
        if Self.farewells.contains(text.trimmed) { return .leave }
        return dialect == nil && program.commands.isEmpty && program.diagnostics.isEmpty ? .nothing : .cell(text)
      }
    }
  }

  /// As wide as the first line's prompt.
  private func continuation(of number: Int) -> Line {
    var line = Line(String(repeating: " ", count: String(number).count + 2) + "...:", .faint)
    line.append(" ")
    return line
  }

  private func leave(_ editor: LineEditor, dyingOf signal: Int32) -> Never {
    editor.restoreTerminal()
    ProcessSignals.die(of: signal)
  }

  private func say(_ text: String, _ ink: Ink) {
    output.write(painter.paint(TextLayout(width: output.columns).lines(of: Line(text, ink))))
  }

  private func note(_ text: String, _ ink: Ink) {
    let layout = TextLayout(width: StandardStream.errors.columns, hangingIndent: 2)
    StandardStream.errors.write(painter.paint(layout.lines(of: Line(Printable.clean(text), ink))))
  }
}

// MARK: - History

extension Prompt {
  private func loadHistory(into editor: LineEditor) {
    guard let history else { return }
    do {
      let (entries, unreadable) = try history.load()
      for entry in entries where entry != lastEntry {
        editor.remember(entry)
        lastEntry = entry
      }
      guard unreadable > 0 else { return }
      note("\(unreadable) lines of the history \(history.path) make no sense and were left out", .warning)
    } catch {
      historyFailed = true
      note(error.message, .warning)
    }
  }

  private func remember(_ entry: String, in editor: LineEditor) {
    guard entry != lastEntry else { return }
    lastEntry = entry
    editor.remember(entry)
    do {
      try history?.append(entry)
    } catch {
      // Once is enough.
      if !historyFailed { note(error.message, .warning) }
      historyFailed = true
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
