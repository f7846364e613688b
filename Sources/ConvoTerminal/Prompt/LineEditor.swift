import CEditline

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads lines from a terminal, with editing, history, search and completion: the seam to libedit.
///
/// For one thread alone: libedit calls back on the thread that reads.
final class LineEditor {
  enum Input: Hashable {
    /// Without its line break; an entry that comes back from the history may have more of them inside.
    case line(String)
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case ended
  }

  /// What a press of Tab does to the line.
  enum Edit: Hashable {
    case nothing
    /// So many characters before the cursor give way to the text.
    case replace(count: Int, with: String)
    /// The ways in which the word may go on.
    case list([String])
  }

  /// Stands around what has no width in a prompt.
  private static let escape = CChar(1)

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let screen: StandardStream
  private let hasEscapes: Bool
  private let keys = KeyReader(descriptor: STDIN_FILENO)
  /// The terminal's state as the shell wants it back.
  private var before = termios()
  private var prompt: UnsafeMutablePointer<CChar>?
  /// What was pasted and not read yet, cut into lines that end in a line break, but for the last.
  private var pasted: [String] = []
  private var takesPastes = false
  /// Completes the text before the cursor.
  var complete: (String) -> Edit = { _ in .nothing }

  /// - Parameter program: what `~/.editrc` calls the program. `nil` where libedit does not start.
  init?(program: String) {
    let usesErrors = !StandardStream.output.isTerminal && StandardStream.errors.isTerminal
    screen = usesErrors ? .errors : .output
    hasEscapes = screen.isTerminal && !Environment.terminalIsDumb
    tcgetattr(STDIN_FILENO, &before)
    guard let editor = convo_el_init(program, usesErrors ? 1 : 0) else { return nil }
    guard let history = history_init() else {
      el_end(editor)
      return nil
    }
    self.editor = editor
    self.history = history
    convo_history_set_size(history, Int32(HistoryFile.limit))
    convo_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    convo_el_set_prompt(editor, { LineEditor.of($0)?.prompt }, Self.escape)
    convo_el_use_history(editor, history)
    convo_el_hide_typing(editor)
    convo_el_set_reader(editor) { LineEditor.of($0)?.readKey(into: $1) ?? -1 }
    bindKeys()
  }

  deinit {
    el_end(editor)
    history_end(history)
    free(prompt)
  }

  /// Gives the terminal back as it was; for a process that stops, or ends without unwinding.
  func restoreTerminal() {
    convo_el_prepare(editor, 0)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
  }

  private static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let client = editor.flatMap({ convo_el_client($0) }) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  private func bindKeys() {
    convo_el_set_editor(editor, "emacs")
    convo_el_add_function(editor, "convo-complete", "Complete the word") { editor, _ in
      LineEditor.of(editor).map { UInt8($0.completeWord()) } ?? UInt8(CC_ERROR)
    }
    convo_el_add_function(editor, "convo-paste", "Take what is pasted") { editor, _ in
      LineEditor.of(editor).map { UInt8($0.takePaste()) } ?? UInt8(CC_ERROR)
    }
    // What people's fingers know from other prompts.
    for (key, function) in [
      ("^W", "ed-delete-prev-word"), ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
      ("\\e[3~", "ed-delete-next-char"),
    ] {
      convo_el_bind(editor, key, function)
    }
    el_source(editor, nil)
    // The learner's file may have chosen another mode, which clears all keys.
    convo_el_bind(editor, "^I", "convo-complete")
    convo_el_bind(editor, "^R", "em-inc-search-prev")
    // In vi's mode Escape is a key of its own, and can't begin a sequence.
    let isEmacs = convo_el_editor(editor).map { String(cString: $0) } == "emacs"
    if isEmacs && hasEscapes { takesPastes = convo_el_bind(editor, "\\e[200~", "convo-paste") == 0 }
  }

  /// Adds an entry that Up and Ctrl-R find.
  func remember(_ entry: String) {
    convo_history_enter(history, entry)
  }

  /// Whether something was pasted and not read yet.
  var hasPasted: Bool { !pasted.isEmpty }

  /// Forgets what was pasted and not read yet.
  func dropPasted() {
    pasted = []
  }

  /// Waits for a line.
  func read(prompt line: Line, painter: Painter) -> Input {
    set(line, painter)
    if takesPastes { screen.write("\u{1B}[?2004h") }
    if !pasted.isEmpty { el_push(editor, pasted.removeFirst()) }
    var count: Int32 = 0
    KeyReader.begin()
    // Before the prompt is there: what is typed at its sight must not be shown twice.
    convo_el_prepare(editor, 1)
    let text = el_gets(editor, &count)
    KeyReader.end()
    if takesPastes { screen.write("\u{1B}[?2004l") }
    if let text, count > 0 {
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
      let hasBreak = bytes.last == UInt8(ascii: "\n")
      return .line(String(decoding: bytes.dropLast(hasBreak ? 1 : 0), as: UTF8.self))
    }
    el_reset(editor)
    dropPasted()
    guard ProcessSignals.takeInterrupt(), ProcessSignals.endRequest == nil else { return .ended }
    // The line may go on below the cursor.
    screen.write(hasEscapes ? "^C\n\u{1B}[J" : "^C\n")
    return .interrupted
  }

  /// Escape sequences stand between marks, so that they do not count as columns. libedit forgets one that no character
  /// follows: a prompt ends in a plain space.
  private func set(_ line: Line, _ painter: Painter) {
    var text = ""
    for run in line.runs {
      guard painter.hasColors, let rendition = run.ink.rendition else {
        text += run.text
        continue
      }
      text += "\u{1}\u{1B}[\(rendition)m\u{1}\(run.text)\u{1}\u{1B}[0m\u{1}"
    }
    free(prompt)
    prompt = strdup(text)
  }
}

// MARK: - Keys

extension LineEditor {
  /// What libedit calls for the next character: 1 where there is one, 0 at the end, -1 to give the line up.
  private func readKey(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    while true {
      switch keys.next() {
      case .character(let scalar):
        character?.pointee = wchar_t(bitPattern: scalar.value)
        return 1
      case .end: return 0
      case .interrupted:
        errno = EINTR
        return -1
      case .resized: el_resize(editor)
      case .stopRequested:
        restoreTerminal()
        let hasStopped = KeyReader.stop()
        convo_el_prepare(editor, 1)
        if hasStopped { convo_el_redraw(editor) }
      case .continued:
        convo_el_prepare(editor, 0)
        convo_el_prepare(editor, 1)
        convo_el_redraw(editor)
      }
    }
  }

  private func completeWord() -> Int32 {
    guard let line = el_line(editor)?.pointee, let start = line.buffer, let cursor = line.cursor else {
      return CC_ERROR
    }
    let before = String(decoding: UnsafeRawBufferPointer(start: start, count: cursor - start), as: UTF8.self)
    switch complete(before) {
    case .nothing: return CC_REFRESH_BEEP
    case .replace(let count, let text):
      // libedit counts what C calls wide characters.
      el_deletestr(editor, Int32(before.suffix(count).unicodeScalars.count))
      return el_insertstr(editor, text) == 0 ? CC_REFRESH : CC_REFRESH_BEEP
    case .list(let names):
      // From the line's last character on, so that a long line stays whole.
      let behind = line.lastchar.map { UnsafeRawBufferPointer(start: cursor, count: $0 - cursor) }
      let rest = behind.map { String(decoding: $0, as: UTF8.self) } ?? ""
      screen.write(rest + "\n" + CompletionList.text(names, width: screen.columns))
      convo_el_redraw(editor)
      return CC_NORM
    }
  }

  /// A terminal puts marks around what is pasted. It is read as if it was typed, line by line, but for the keys in it
  /// that would complete words.
  private func takePaste() -> Int32 {
    var text = String.UnicodeScalarView()
    let end = "\u{1B}[201~".unicodeScalars
    var character: wchar_t = 0
    while !text.reversed().starts(with: end.reversed()) {
      guard convo_el_get_character(editor, &character) > 0 else { return CC_EOF }
      text.append(Unicode.Scalar(UInt32(bitPattern: Int32(character))) ?? "\u{FFFD}")
    }
    text.removeLast(end.count)
    pasted = PastedText.lines(String(text)) + pasted
    if !pasted.isEmpty { el_push(editor, pasted.removeFirst()) }
    return CC_NORM
  }
}
