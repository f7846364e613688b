/// Reads commands from a text, and goes on at the next line after a mistake.
///
///     program  = { line } ;
///     line     = [ command ] [ "#" comment ] newline ;
///     command  = verb { argument } ;
///     argument = value | name "=" value { "," value } ;
///
/// A `;` outside quotes ends a command as a line break does.
public struct Parser {
  private let bytes: [UInt8]
  private var lexer: Lexer
  private var token: Token
  private var diagnostics: [Diagnostic] = []
  private var isIncomplete = false

  /// The deepest nesting of lists: deeper text is a mistake, and must not exhaust the stack.
  static let deepestNesting = 32

  /// Parses the whole text; every mistake is in the result.
  public static func parse(_ source: SourceText) -> Program {
    var parser = Parser(Array(source.text.utf8))
    return parser.program()
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lexer = Lexer(bytes, from: 0)
    token = lexer.next()
  }

  private mutating func program() -> Program {
    var commands: [CommandSyntax] = []
    while token.kind != .end {
      if token.kind == .lineEnd {
        advance()
        continue
      }
      let start = token.span.start
      do {
        commands.append(try command())
      } catch {
        diagnostics.append(error)
        recover(from: max(start, error.span?.start ?? start))
      }
    }
    if endsJoined, diagnostics.isEmpty { isIncomplete = true }
    return Program(commands: commands, diagnostics: diagnostics, isIncomplete: isIncomplete)
  }

  /// Whether the last line ends in `\` and so waits for its other half.
  private var endsJoined: Bool {
    var rest = bytes[...]
    if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
    return rest.last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") } == UInt8(ascii: "\\")
  }

  private mutating func command() throws(Diagnostic) -> CommandSyntax {
    guard case .atom(let verb) = token.kind, case .success(.word) = Atom.literal(verb) else {
      throw mistake("a command begins with a word, not with \(token.inWords)", help: "type help to see the commands")
    }
    let located = Located(verb, at: token.span)
    advance()
    if token.kind == .symbol("=") {
      throw mistake(
        "'\(verb)' is followed by '=', but a line begins with a command",
        help: "to change a setting: set \(verb)=…")
    }
    var arguments: [ArgumentSyntax] = []
    var end = located.span
    while token.kind != .lineEnd && token.kind != .end {
      let argument = try argument()
      end = argument.span
      arguments.append(argument)
    }
    return CommandSyntax(verb: located, arguments: arguments, span: located.span.through(end))
  }

  private mutating func argument() throws(Diagnostic) -> ArgumentSyntax {
    if token.kind == .symbol(",") {
      throw mistake("',' is not needed here", help: "arguments are separated by spaces")
    }
    let value = try value(depth: 0)
    guard token.kind == .symbol("=") else { return ArgumentSyntax(name: nil, value: value) }
    guard case .word(let name) = value.content else {
      throw mistake("the name of an option stands before '='", help: "write name=value, or put the text in quotes")
    }
    advance()
    if token.kind == .lineEnd || token.kind == .end {
      throw mistake("\(name)= has no value", help: "write the value right behind the '='")
    }
    return ArgumentSyntax(name: Located(name, at: value.span), value: try row(after: self.value(depth: 0)))
  }

  /// `100,120`: values with nothing but commas between them are a list. A comma with a space beside it is a slip.
  private mutating func row(after first: Located<Literal>) throws(Diagnostic) -> Located<Literal> {
    var items = [first]
    var end = first.span
    while token.kind == .symbol(","), token.span.start == end.end {
      var ahead = lexer
      let next = ahead.next()
      guard case .atom = next.kind, next.span.start == token.span.end else { break }
      advance()
      let item = try value(depth: 0)
      items.append(item)
      end = item.span
    }
    return items.count == 1 ? first : Located(.list(items), at: first.span.through(end))
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> Located<Literal> {
    let start = token
    switch token.kind {
    case .atom(let text):
      advance()
      switch Atom.literal(text) {
      case .success(.word) where opensCall(behind: start): return try call(from: start)
      case .success(let literal): return Located(literal, at: start.span)
      case .failure(let problem): throw Diagnostic(code: "syntax", message: problem.message, span: start.span)
      }
    case .string(let text):
      advance()
      return Located(.string(text), at: start.span)
    case .openString:
      isIncomplete = true
      throw mistake("this quote is never closed", help: "close it with the same kind of quote")
    case .symbol("["):
      return try list(depth: depth)
    case .symbol("("):
      return try tuple(depth: depth)
    case .symbol, .lineEnd, .end:
      throw mistake("a value was expected, not \(token.inWords)")
    }
  }

  /// Whether a parenthesis follows a word with nothing between them.
  private func opensCall(behind word: Token) -> Bool {
    token.kind == .symbol("(") && token.span.start == word.span.end
  }

  /// A thing with its options in parentheses, `val_loss(patience=3 min_delta=0.01)`: one text, as if it were quoted.
  private mutating func call(from word: Token) throws(Diagnostic) -> Located<Literal> {
    let open = token
    var depth = 0
    repeat {
      switch token.kind {
      case .symbol("("): depth += 1
      case .symbol(")"): depth -= 1
      case .end, .lineEnd:
        isIncomplete = token.kind == .end
        throw Diagnostic(code: "syntax", message: "this '(' is never closed", span: open.span)
      case .openString: throw mistake("this quote is never closed", help: "close it with the same kind of quote")
      case .symbol, .atom, .string: break
      }
      if depth > 0 { advance() }
    } while depth > 0
    let span = word.span.through(token.span)
    advance()
    let text = String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    return Located(.string(String(text.map { $0.isNewline ? " " : $0 })), at: span)
  }

  private mutating func list(depth: Int) throws(Diagnostic) -> Located<Literal> {
    let open = token
    guard depth < Self.deepestNesting else { throw mistake("lists are nested too deep") }
    advance()
    var items: [Located<Literal>] = []
    while token.kind != .symbol("]") {
      if token.kind == .end { throw unclosed(open) }
      items.append(try value(depth: depth + 1))
      if token.kind == .symbol(",") { advance() }
    }
    let close = token
    advance()
    return Located(.list(items), at: open.span.through(close.span))
  }

  /// `(300, 300)`, a size as in Python; with anything but whole numbers it is a list.
  private mutating func tuple(depth: Int) throws(Diagnostic) -> Located<Literal> {
    let open = token
    guard depth < Self.deepestNesting else { throw mistake("lists are nested too deep") }
    advance()
    var items: [Located<Literal>] = []
    while token.kind != .symbol(")") {
      if token.kind == .end { throw unclosed(open) }
      items.append(try value(depth: depth + 1))
      if token.kind == .symbol(",") {
        advance()
      } else if token.kind != .symbol(")") && token.kind != .end {
        throw mistake("',' or ')' was expected, not \(token.inWords)", help: "write (300, 300) or 300x300")
      }
    }
    let close = token
    advance()
    guard !items.isEmpty else {
      throw Diagnostic(
        code: "syntax", message: "the size is empty", help: "write (300, 300) or 300x300",
        span: open.span.through(close.span))
    }
    let sides = items.compactMap { item in
      if case .integer(let side) = item.content { side } else { Int?.none }
    }
    let content = sides.count == items.count ? Literal.size(sides) : .list(items)
    return Located(content, at: open.span.through(close.span))
  }

  private mutating func unclosed(_ open: Token) -> Diagnostic {
    isIncomplete = true
    return Diagnostic(
      code: "syntax", message: "this bracket is never closed",
      help: "close it with \(open.kind == .symbol("[") ? "]" : ")")",
      span: open.span)
  }

  private func mistake(_ message: String, help: String = "") -> Diagnostic {
    Diagnostic(code: "syntax", message: message, help: help, span: token.span)
  }

  private mutating func advance() {
    token = lexer.next()
  }

  /// Goes on at the line after the one in which the mistake stands, whatever quotes or brackets were open.
  private mutating func recover(from offset: Int) {
    let lineBreak = bytes[min(offset, bytes.count)...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    lexer = Lexer(bytes, from: lineBreak)
    token = lexer.next()
  }
}

extension Diagnostic: Error {}
