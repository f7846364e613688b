import ConvoLanguage

/// Reads statements. After a mistake it goes on at the next statement, so that every mistake is reported.
struct PythonParser {
  let source: [UInt8]
  let tokens: [PythonToken]
  var at = 0
  var program = PythonProgram()
  /// The brackets that are open, with the token that opened each.
  var open: [PythonToken] = []
  /// How deep expressions and blocks are nested: what comes from outside must not fill the stack.
  var depth = 0
  /// The indentation of the statement that is read.
  var statementIndent = 0

  static let deepest = 60

  static func parse(_ text: String) -> PythonProgram {
    var parser = PythonParser(source: Array(text.utf8), tokens: PythonLexer.tokens(of: text))
    parser.program.statements = parser.block(indent: nil)
    parser.program.mistakes.sort { ($0.diagnostic.span?.start ?? 0) < ($1.diagnostic.span?.start ?? 0) }
    return parser.program
  }

  private init(source: [UInt8], tokens: [PythonToken]) {
    self.source = source
    self.tokens = tokens
  }

  // MARK: Tokens

  /// The next token; line breaks inside brackets are blank.
  var token: PythonToken { tokens[min(at, tokens.count - 1)] }

  mutating func skipGaps() {
    while !open.isEmpty, token.kind == .lineEnd, at < tokens.count - 1 { at += 1 }
  }

  mutating func advance() {
    if at < tokens.count - 1 { at += 1 }
    skipGaps()
  }

  func isSymbol(_ text: String) -> Bool { token.kind == .symbol(text) }
  func isWord(_ text: String) -> Bool { token.kind == .name(text) }

  mutating func takeSymbol(_ text: String) -> Bool {
    guard isSymbol(text) else { return false }
    advance()
    return true
  }

  mutating func takeWord(_ text: String) -> Bool {
    guard isWord(text) else { return false }
    advance()
    return true
  }

  /// The last token before this one that is no line break.
  var lastSpan: Span {
    var index = at - 1
    while index > 0, tokens[index].kind == .lineEnd { index -= 1 }
    return index >= 0 ? tokens[index].span : Span(0, 0)
  }

  func text(_ span: Span) -> String {
    String(decoding: source[span.start..<min(span.end, source.count)], as: UTF8.self)
  }

  func line(of span: Span) -> Int { 1 + source.prefix(span.start).count { $0 == UInt8(ascii: "\n") } }

  // MARK: Statements

  /// The statements of a block; those of the whole text where `indent` is `nil`.
  private mutating func block(indent: Int?) -> [PythonStatement] {
    var statements: [PythonStatement] = []
    while true {
      while token.kind == .lineEnd { at += 1 }
      if token.kind == .end { break }
      if let indent, let found = token.indent, found < indent { break }
      var isShell = false
      if case .shell = token.kind { isShell = true }
      if let found = token.indent, found > (indent ?? 0), !isShell {
        program.mistakes.append(
          PythonMistake(
            "this line is indented, and nothing above it begins a block",
            help: "begin it at the left, like its neighbours",
            at: token.span))
        skipStatement()
        continue
      }
      statementIndent = token.indent ?? statementIndent
      do throws(PythonMistake) {
        if let statement = try statement() { statements.append(statement) }
      } catch {
        program.mistakes.append(error)
        skipStatement()
      }
      open = []
    }
    return statements
  }

  /// Goes on behind a mistake: at the next line that is no deeper than the statement and may begin one.
  private mutating func skipStatement() {
    open = []
    let indent = statementIndent
    // A statement that the mistake stopped at begins a line itself.
    if let found = token.indent, found <= indent, Self.beginsStatement(tokens, at), at > 0,
      tokens[at].span.start > (program.mistakes.last?.diagnostic.span?.start ?? 0)
    {
      return
    }
    repeat {
      if at < tokens.count - 1 { at += 1 }
      if token.kind == .end { return }
    } while !(token.indent.map { $0 <= indent } ?? false && token.kind != .lineEnd
      && !Self.onlyCloses(token))
  }

  private static func onlyCloses(_ token: PythonToken) -> Bool {
    [.symbol(")"), .symbol("]"), .symbol("}")].contains(token.kind)
  }

  /// Whether the tokens look like the beginning of a statement rather than another item in brackets.
  static func beginsStatement(_ tokens: [PythonToken], _ index: Int, inCall: Bool = true) -> Bool {
    guard tokens.indices.contains(index), case .name(let word) = tokens[index].kind else {
      if tokens.indices.contains(index), case .shell = tokens[index].kind { return true }
      return false
    }
    if ["import", "from", "def", "class", "with", "while", "try", "for", "if"].contains(word) { return true }
    var next = index + 1
    while tokens.indices.contains(next + 1), tokens[next].kind == .symbol("."), case .name = tokens[next + 1].kind {
      next += 2
    }
    guard tokens.indices.contains(next) else { return false }
    // `name =` may be an argument as well; what tells it apart is the missing comma before it.
    return tokens[next].kind == .symbol("=") || (inCall && tokens[next].kind == .symbol("("))
  }

  private mutating func statement() throws(PythonMistake) -> PythonStatement? {
    let start = token.span
    switch token.kind {
    case .shell(let line):
      advance()
      return PythonStatement(kind: .shell(line), span: start)
    case .name(let word):
      if let refusal = PythonRefusal.keyword(word, behind: tokens, at) {
        let mistake = PythonMistake(refusal.message, help: refusal.help, at: start, code: "python-subset")
        skipBlock()
        program.mistakes.append(mistake)
        return nil
      }
      switch word {
      case "import": return try importModule(start)
      case "from": return try importNames(start)
      case "if": return try branch(start)
      case "for": return try loop(start)
      case "pass":
        advance()
        try endStatement()
        return PythonStatement(kind: .pass, span: start)
      default: return try simple(start)
      }
    default: return try simple(start)
    }
  }

  /// Leaves out a statement that is refused, with the block below it.
  private mutating func skipBlock() {
    let indent = token.indent ?? statementIndent
    repeat {
      if at < tokens.count - 1 { at += 1 }
      if token.kind == .end { return }
    } while token.indent.map { $0 > indent } ?? true || token.kind == .lineEnd
  }

  mutating func endStatement() throws(PythonMistake) {
    if token.kind == .lineEnd {
      at += 1
      return
    }
    if token.kind == .end { return }
    if case .symbol(let bracket) = token.kind, ")]}".contains(bracket) {
      throw PythonMistake(
        "this '\(bracket)' closes nothing", help: "leave it out, or open it before", at: token.span)
    }
    if case .name = token.kind, case .name = tokens[max(0, at - 1)].kind {
      throw PythonMistake(
        "'\(text(Span(lastSpan.start, token.span.end)))' is no Python",
        help: "a remark begins with #; a cell is Python or convo as a whole", at: token.span)
    }
    throw PythonMistake("the statement ends before \(token.inWords)", help: "begin a new line here", at: token.span)
  }

  private mutating func simple(_ start: Span) throws(PythonMistake) -> PythonStatement {
    var parts = [try expressions()]
    if case .symbol(let mark) = token.kind, ["+=", "-=", "*=", "/="].contains(mark) {
      advance()
      let value = try expressions()
      try endStatement()
      return PythonStatement(
        kind: .augmented(parts[0], String(mark.dropLast()), value), span: Span(start.start, value.span.end))
    }
    while takeSymbol("=") { parts.append(try expressions()) }
    let end = lastSpan.end
    try endStatement()
    let value = parts.removeLast()
    let span = Span(start.start, end)
    if parts.isEmpty { return PythonStatement(kind: .expression(value), span: span) }
    for target in parts {
      let names = target.names
      guard names != nil else {
        throw PythonMistake(
          "a value can be given to a name only, or to several: a = …, or a, b = …",
          help: "the rest is read, and not set", at: target.span, code: "python-subset")
      }
    }
    return PythonStatement(kind: .assignment(parts, value), span: span)
  }

  private mutating func branch(_ start: Span) throws(PythonMistake) -> PythonStatement {
    var parts: [(condition: PythonExpression?, body: [PythonStatement])] = []
    let indent = token.indent ?? statementIndent
    advance()
    let condition = try expression()
    parts.append((condition, try body(indent)))
    while token.indent == indent || parts.isEmpty {
      if isWord("elif") {
        advance()
        let condition = try expression()
        parts.append((condition, try body(indent)))
      } else if isWord("else") {
        advance()
        parts.append((nil, try body(indent)))
        break
      } else {
        break
      }
    }
    return PythonStatement(kind: .branch(parts), span: Span(start.start, condition.span.end))
  }

  private mutating func loop(_ start: Span) throws(PythonMistake) -> PythonStatement {
    let indent = token.indent ?? statementIndent
    advance()
    guard case .name(let name) = token.kind else {
      throw PythonMistake("'for' is followed by a name", help: "as in: for name in names:", at: token.span)
    }
    advance()
    guard takeWord("in") else {
      throw PythonMistake("'in' is missing behind 'for \(name)'", help: "as in: for name in names:", at: token.span)
    }
    let items = try expressions()
    return PythonStatement(kind: .loop(name, items, try body(indent)), span: Span(start.start, items.span.end))
  }

  /// `:` and the lines below it that are indented, or a statement in the same line.
  private mutating func body(_ indent: Int) throws(PythonMistake) -> [PythonStatement] {
    guard isSymbol(":") else {
      throw PythonMistake("':' is missing before \(token.inWords)", help: "a block begins with ':'", at: token.span)
    }
    advance()
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw PythonMistake("blocks are nested too deep", at: token.span, code: "python-subset")
    }
    if token.kind != .lineEnd {
      return try statement().map { [$0] } ?? []
    }
    while token.kind == .lineEnd { at += 1 }
    guard token.kind != .end, let inner = token.indent, inner > indent else {
      if token.kind == .end { program.isIncomplete = true }
      throw PythonMistake("the block is empty", help: "indent the lines that belong to it", at: token.span)
    }
    let outer = statementIndent
    defer { statementIndent = outer }
    return block(indent: inner)
  }

  // MARK: Imports

  private mutating func importModule(_ start: Span) throws(PythonMistake) -> PythonStatement {
    advance()
    var modules: [(module: Located<String>, alias: String?)] = []
    repeat {
      let module = try dottedName("'import' is followed by the name of a module")
      modules.append((module, try alias()))
    } while takeSymbol(",")
    let end = lastSpan.end
    try endStatement()
    return PythonStatement(kind: .importModule(modules), span: Span(start.start, end))
  }

  private mutating func importNames(_ start: Span) throws(PythonMistake) -> PythonStatement {
    advance()
    let module = try dottedName("'from' is followed by the name of a module")
    if token.kind == .lineEnd {
      // The notes' own slip.
      let isBroken = tokens.indices.contains(at + 1) && tokens[at + 1].kind == .name("import")
      let mend =
        isBroken
        ? PythonMend(span: Span(module.span.end, tokens[at + 1].span.start), replacement: " ") : nil
      if isBroken { at += 2; while token.kind != .lineEnd && token.kind != .end { at += 1 } }
      let span = Span(start.start, module.span.end)
      throw PythonMistake(
        isBroken
          ? "the import is broken over two lines: 'import …' must follow in the line of 'from'"
          : "'import' and a name are missing behind 'from \(module.content)'",
        help: isBroken
          ? "join the two lines: \(text(span)) import …" : "as in: \(text(span)) import NAME", at: span, mend: mend)
    }
    guard takeWord("import") else {
      throw PythonMistake("'import' is missing before \(token.inWords)", at: token.span)
    }
    let hasBracket = isSymbol("(")
    if hasBracket {
      open.append(token)
      advance()
    }
    var names: [(name: Located<String>, alias: String?)] = []
    repeat {
      if hasBracket, isSymbol(")") { break }
      if isSymbol("*") {
        throw PythonMistake(
          "'import *' is outside what convo runs", help: "name what you need", at: token.span, code: "python-subset")
      }
      guard case .name(let name) = token.kind else {
        throw PythonMistake("a name is missing behind 'import'", at: token.span)
      }
      let place = token.span
      advance()
      names.append((Located(name, at: place), try alias()))
    } while takeSymbol(",")
    if hasBracket {
      guard isSymbol(")") else { throw PythonMistake("')' is missing behind the names", at: token.span) }
      open = []
      advance()
    }
    let end = lastSpan.end
    try endStatement()
    return PythonStatement(kind: .importNames(module, names), span: Span(start.start, end))
  }

  private mutating func dottedName(_ missing: String) throws(PythonMistake) -> Located<String> {
    var parts: [String] = []
    let start = token.span
    repeat {
      guard case .name(let part) = token.kind else { throw PythonMistake(missing, at: token.span) }
      parts.append(part)
      advance()
    } while takeSymbol(".")
    return Located(parts.joined(separator: "."), at: Span(start.start, lastSpan.end))
  }

  private mutating func alias() throws(PythonMistake) -> String? {
    guard takeWord("as") else { return nil }
    guard case .name(let name) = token.kind else {
      throw PythonMistake("a name is missing behind 'as'", at: token.span)
    }
    advance()
    return name
  }
}

extension PythonExpression {
  /// The names that an assignment gives values to; `nil` where the expression is something else.
  var names: [String]? {
    switch kind {
    case .name(let name): return [name]
    case .tuple(let items), .list(let items):
      let names = items.compactMap { $0.names?.first }
      return names.count == items.count && !names.isEmpty ? names : nil
    case .constant, .formatted, .dictionary, .attribute, .call, .item, .unary, .binary: return nil
    }
  }
}
