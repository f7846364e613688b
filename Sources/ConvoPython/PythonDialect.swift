public import ConvoKernel
public import ConvoLanguage
import ConvoOutput

/// Cells in Python: the part of it that courses build and train Keras models with.
public struct PythonDialect: CellDialect {
  public init() {}

  /// A command of convo begins `verb argument…`; Python's first statement looks different. What comes from a `.py` file
  /// is Python in any case.
  public func owns(_ source: SourceText) -> Bool {
    if source.isPythonFile { return true }
    let tokens = PythonLexer.tokens(of: source.text)
    guard let first = tokens.firstIndex(where: { $0.kind != .lineEnd }) else { return false }
    switch tokens[first].kind {
    case .shell: return true
    case .symbol("@"): return true
    case .name(let word):
      if Self.keywords.contains(word) { return true }
      guard tokens.indices.contains(first + 1) else { return false }
      let next = tokens[first + 1]
      switch next.kind {
      case .symbol("="), .symbol(","), .symbol("+="), .symbol("-="), .symbol("*="), .symbol("/="): return true
      // A bracket right behind the name is a call, and one after a blank an argument of a command.
      case .symbol("("), .symbol("["), .symbol("."): return next.span.start == tokens[first].span.end
      default: return false
      }
    default: return false
    }
  }

  private static let keywords: Set = [
    "import", "from", "for", "while", "if", "elif", "else", "with", "class", "def", "try", "except", "del", "return",
    "assert", "pass", "lambda", "async", "raise", "global",
  ]

  public func isIncomplete(_ source: SourceText) -> Bool {
    let program = PythonParser.parse(source.text)
    if program.isIncomplete { return true }
    // A block goes on until a blank line.
    guard let line = source.text.split(separator: "\n", omittingEmptySubsequences: false).last else { return false }
    guard line.contains(where: { !$0.isWhitespace }) else { return false }
    let opensBlock = line.reversed().first { !$0.isWhitespace } == ":"
    switch program.statements.last?.kind {
    case .branch, .loop: return line.first?.isWhitespace == true || opensBlock
    default: return opensBlock
    }
  }

  public func cells(of source: SourceText) -> [SourceText] {
    let program = PythonParser.parse(source.text)
    let starts = program.statements.map(\.span.start) + program.mistakes.compactMap { $0.diagnostic.span?.start }
    let sorted = Set(starts).sorted()
    return sorted.enumerated().map { place, start in
      let end = place + 1 < sorted.count ? sorted[place + 1] : source.text.utf8.count
      return source.slice(Span(start, end)).trimmed
    }
  }

  public func mistakes(
    in cells: [SourceText], from state: SessionState, catalog: CommandCatalog
  ) async -> [LocatedDiagnostic] {
    await Self.look(at: cells, from: state, catalog: catalog).flatMap { source, mistakes in
      mistakes.map { Self.located($0, in: source) }
    }
  }

  /// The mistakes of each cell. A cell that can't be parsed is looked at no further, but for the names that it sets.
  static func look(
    at cells: [SourceText], from state: SessionState, catalog: CommandCatalog
  ) async -> [(source: SourceText, mistakes: [PythonMistake])] {
    var state = state
    var found: [(source: SourceText, mistakes: [PythonMistake])] = []
    var isBroken = false
    for source in cells {
      let program = PythonParser.parse(source.text)
      isBroken = isBroken || !program.mistakes.isEmpty
      // What a broken statement would have set is not known: names are not called unknown then.
      var interpreter = PythonInterpreter(
        source, catalog: catalog, state: state, context: nil, knowsNames: !isBroken)
      try? await interpreter.run(program.statements)
      interpreter.settle()
      state = interpreter.state
      let mistakes = (program.mistakes + interpreter.mistakes).sorted {
        ($0.diagnostic.span?.start ?? 0) < ($1.diagnostic.span?.start ?? 0)
      }
      found.append((source, mistakes))
    }
    return found
  }

  public func run(_ source: SourceText, in context: CommandContext) async -> (state: SessionState, ok: Bool) {
    let program = PythonParser.parse(source.text)
    var interpreter = PythonInterpreter(source, catalog: context.catalog, state: context.state, context: context)
    do throws(PythonMistake) {
      try await interpreter.run(program.statements, isLast: !source.isPythonFile)
    } catch {
      context.emit(.error(Self.located(error, in: source)))
      interpreter.settle()
      return (interpreter.state, false)
    }
    interpreter.settle()
    return (interpreter.state, true)
  }

  private static func located(_ mistake: PythonMistake, in source: SourceText) -> LocatedDiagnostic {
    var diagnostic = mistake.diagnostic
    if mistake.mend != nil, let file = source.file {
      diagnostic.help +=
        (diagnostic.help.isEmpty ? "" : "; ") + "convo run --fix \(PythonNotebook.path(of: file)) mends it"
    }
    return LocatedDiagnostic(diagnostic, in: source)
  }
}

extension SourceText {
  fileprivate var isPythonFile: Bool { file?.lowercased().hasSuffix(".py") == true }

  /// Without the blanks at its end.
  fileprivate var trimmed: SourceText {
    let bytes = Array(text.utf8)
    let end = bytes.lastIndex { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }.map { $0 + 1 } ?? 0
    return slice(Span(0, end))
  }
}
