import ConvoLanguage

/// Expressions, by the strength with which operators bind.
extension PythonParser {
  /// The operators with two sides, from the loosest to the tightest.
  private static let strengths: [String: Int] = [
    "or": 1, "and": 2, "in": 4, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6,
    "//": 6, "%": 6, "**": 8,
  ]

  /// The longest chain of operators or of attributes.
  private static let longest = 400

  /// One expression, or several with commas between them: a tuple.
  mutating func expressions() throws(PythonMistake) -> PythonExpression {
    let first = try expression()
    guard isSymbol(",") else { return first }
    var items = [first]
    while takeSymbol(",") {
      if token.kind == .lineEnd || token.kind == .end || isSymbol("=") || isSymbol(")") || isSymbol("]") { break }
      items.append(try expression())
    }
    return PythonExpression(kind: .tuple(items), span: Span(first.span.start, lastSpan.end))
  }

  mutating func expression(above strength: Int = 0) throws(PythonMistake) -> PythonExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw PythonMistake(
        "expressions are nested too deep", help: "use fewer brackets", at: token.span, code: "python-subset")
    }
    var left = try prefixed()
    var count = 0
    while let (name, binding) = infix(), binding > strength || (name == "**" && binding >= strength && strength == 8) {
      count += 1
      guard count < Self.longest else {
        throw PythonMistake("the expression is too long", at: token.span, code: "python-subset")
      }
      advance()
      let right = try expression(above: name == "**" ? 7 : binding)
      left = PythonExpression(kind: .binary(name, left, right), span: Span(left.span.start, right.span.end))
    }
    if strength == 0, isWord("if") {
      throw PythonMistake(
        "'a if b else c' is outside what convo runs", help: "write if and else on lines of their own", at: token.span,
        code: "python-subset")
    }
    return left
  }

  private func infix() -> (String, Int)? {
    switch token.kind {
    case .symbol(let text), .name(let text): Self.strengths[text].map { (text, $0) }
    default: nil
    }
  }

  private mutating func prefixed() throws(PythonMistake) -> PythonExpression {
    let start = token.span
    if isSymbol("-") || isSymbol("+") {
      let sign = isSymbol("-")
      advance()
      let value = try expression(above: 7)
      guard sign else { return value }
      return PythonExpression(kind: .unary("-", value), span: Span(start.start, value.span.end))
    }
    if takeWord("not") {
      let value = try expression(above: 3)
      return PythonExpression(kind: .unary("not", value), span: Span(start.start, value.span.end))
    }
    return try postfixed(atom())
  }

  private mutating func postfixed(_ atom: PythonExpression) throws(PythonMistake) -> PythonExpression {
    var value = atom
    var count = 0
    while true {
      count += 1
      guard count < Self.longest else {
        throw PythonMistake("the expression is too long", at: token.span, code: "python-subset")
      }
      if isSymbol(".") {
        advance()
        guard case .name(let name) = token.kind else {
          throw PythonMistake("a name is missing behind '.'", at: token.span)
        }
        let end = token.span.end
        advance()
        value = PythonExpression(kind: .attribute(value, name), span: Span(value.span.start, end))
      } else if isSymbol("(") {
        let arguments = try self.arguments()
        value = PythonExpression(kind: .call(value, arguments), span: Span(value.span.start, lastSpan.end))
      } else if isSymbol("[") {
        openBracket()
        if isSymbol(":") {
          throw PythonMistake(
            "slices are outside what convo runs", help: "take one item: name[0]", at: token.span, code: "python-subset")
        }
        let index = try expressions()
        if isSymbol(":") {
          throw PythonMistake(
            "slices are outside what convo runs", help: "take one item: name[0]", at: token.span, code: "python-subset")
        }
        try close("]")
        value = PythonExpression(kind: .item(value, index), span: Span(value.span.start, lastSpan.end))
      } else {
        return value
      }
    }
  }

  private mutating func openBracket() {
    open.append(token)
    advance()
  }

  /// Takes the closing bracket. Throws what is missing, and where.
  private mutating func close(_ bracket: String) throws(PythonMistake) {
    if isSymbol(bracket) {
      if !open.isEmpty { open.removeLast() }
      // A line break behind the last bracket ends the statement.
      if at < tokens.count - 1 { at += 1 }
      skipGaps()
      return
    }
    guard let opener = open.last else { throw PythonMistake("'\(bracket)' is missing", at: token.span) }
    let place = line(of: opener.span)
    let last = lastSpan
    if token.kind == .end {
      program.isIncomplete = true
      throw PythonMistake(
        "'\(bracket)' is missing: the '\(text(opener.span))' of line \(place) is never closed",
        help: "put \(bracket) behind \(quoted(last))", at: opener.span, mend: missing(bracket, behind: last))
    }
    if token.indent.map({ $0 <= statementIndent }) ?? false,
      Self.beginsStatement(tokens, at, inCall: text(opener.span) == "(")
    {
      // The notes' own slip: the next statement begins while a call is open.
      let mistake = PythonMistake(
        "'\(bracket)' is missing: the '\(text(opener.span))' of line \(place) is still open where the next statement begins",
        help: "put \(bracket) behind \(quoted(last)), before line \(line(of: token.span))", at: last,
        mend: missing(bracket, behind: last))
      throw mistake
    }
    if case .symbol(let other) = token.kind, ")]}".contains(other) {
      throw PythonMistake(
        "'\(bracket)' is missing before '\(other)': line \(place) opened '\(text(opener.span))'", at: token.span)
    }
    if isWord("for") {
      throw PythonMistake(
        "a comprehension is outside what convo runs", help: "write the items out, or a for loop", at: token.span,
        code: "python-subset")
    }
    throw PythonMistake(
      "',' or '\(bracket)' is missing before \(token.inWords)", help: "put ',' between the items", at: token.span)
  }

  /// The text of a token in quotes, of which a Python text has its own.
  private func quoted(_ span: Span) -> String {
    let text = text(span)
    return text.hasPrefix("'") || text.hasPrefix("\"") ? text : "'\(text)'"
  }

  /// All open brackets closed behind the last token.
  private func missing(_ bracket: String, behind last: Span) -> PythonMend {
    let pairs = ["(": ")", "[": "]", "{": "}"]
    let closers = open.reversed().compactMap { pairs[text($0.span)] }.joined()
    // A comma before the bracket is fine in Python.
    let isOneLine = open.allSatisfy { line(of: $0.span) == line(of: last) }
    return PythonMend(span: Span(last.end, last.end), replacement: (isOneLine ? "" : "\n") + closers)
  }

  private mutating func arguments() throws(PythonMistake) -> [PythonArgument] {
    openBracket()
    var arguments: [PythonArgument] = []
    while !isSymbol(")") {
      if isSymbol("*") || isSymbol("**") {
        throw PythonMistake(
          "arguments behind * are outside what convo runs", help: "write them out", at: token.span,
          code: "python-subset")
      }
      // Behind a comma, too, a line at the left that sets a variable may be the next statement.
      if token.indent.map({ $0 <= statementIndent }) ?? false, !arguments.isEmpty, isCertainStatement { break }
      if token.kind == .end { break }
      if case .name(let name) = token.kind, tokens.indices.contains(at + 1), tokens[at + 1].kind == .symbol("=") {
        let label = Located(name, at: token.span)
        advance()
        advance()
        arguments.append(PythonArgument(name: label, value: try expression()))
      } else {
        if let last = arguments.last?.name {
          throw PythonMistake(
            "a value without a name can't follow \(last.content)=…", help: "give it its name, or put it first",
            at: token.span)
        }
        arguments.append(PythonArgument(name: nil, value: try expression()))
      }
      if isWord("for") { break }
      guard takeSymbol(",") else { break }
    }
    try close(")")
    return arguments
  }

  private var isCertainStatement: Bool {
    switch token.kind {
    case .shell: true
    case .name(let word): ["import", "from"].contains(word)
    default: false
    }
  }

  private mutating func atom() throws(PythonMistake) -> PythonExpression {
    let span = token.span
    func constant(_ value: PythonValue) -> PythonExpression { PythonExpression(kind: .constant(value), span: span) }
    switch token.kind {
    case .integer(let value):
      advance()
      return constant(.integer(value))
    case .float(let value):
      advance()
      return constant(.number(value))
    case .badNumber(let text):
      throw PythonMistake("\(text.prefix(40)) is too large, or no number", at: span)
    case .string(var value):
      advance()
      while case .string(let more) = token.kind {
        value += more
        advance()
      }
      return PythonExpression(kind: .constant(.text(value)), span: Span(span.start, lastSpan.end))
    case .formatted(let text, let place):
      advance()
      return PythonExpression(kind: .formatted(try formatted(text, at: place, span)), span: span)
    case .openString:
      program.isIncomplete = program.isIncomplete || text(span).hasPrefix("\"\"\"") || text(span).hasPrefix("'''")
      throw PythonMistake("the quote is never closed", help: "close it in the same line", at: span)
    case .name(let name):
      switch name {
      case "True", "False":
        advance()
        return constant(.boolean(name == "True"))
      case "None":
        advance()
        return constant(.none)
      default:
        if let refusal = PythonRefusal.word(name) {
          throw PythonMistake(refusal.message, help: refusal.help, at: span, code: "python-subset")
        }
        advance()
        return PythonExpression(kind: .name(name), span: span)
      }
    case .symbol("("):
      openBracket()
      if isSymbol(")") {
        try close(")")
        return PythonExpression(kind: .tuple([]), span: Span(span.start, lastSpan.end))
      }
      var value = try expressions()
      try close(")")
      value.span = Span(span.start, lastSpan.end)
      return value
    case .symbol("["):
      openBracket()
      var items: [PythonExpression] = []
      while !isSymbol("]"), token.kind != .end {
        items.append(try expression())
        guard takeSymbol(",") else { break }
      }
      try close("]")
      return PythonExpression(kind: .list(items), span: Span(span.start, lastSpan.end))
    case .symbol("{"):
      openBracket()
      var items: [(key: PythonExpression, value: PythonExpression)] = []
      while !isSymbol("}"), token.kind != .end {
        let key = try expression()
        guard takeSymbol(":") else {
          throw PythonMistake("':' is missing between key and value", at: token.span)
        }
        items.append((key, try expression()))
        guard takeSymbol(",") else { break }
      }
      try close("}")
      return PythonExpression(kind: .dictionary(items), span: Span(span.start, lastSpan.end))
    case .stray(let text):
      throw PythonMistake("'\(text)' is no part of Python", at: span)
    case .symbol, .shell, .lineEnd, .end:
      if token.kind == .end, let opener = open.last {
        program.isIncomplete = true
        throw PythonMistake(
          "the '\(text(opener.span))' of line \(line(of: opener.span)) is never closed", at: opener.span)
      }
      throw PythonMistake("a value is missing before \(token.inWords)", at: span)
    }
  }

  /// `{name}`, `{name:.2f}`, and the text between.
  private mutating func formatted(_ text: String, at place: Int, _ span: Span) throws(PythonMistake) -> [FormattedPart]
  {
    var parts: [FormattedPart] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      parts.append(.text(String(rest[..<brace])))
      let behind = rest[rest.index(after: brace)...]
      if behind.first == rest[brace] {
        parts.append(.text(String(rest[brace])))
        rest = behind.dropFirst()
        continue
      }
      guard rest[brace] == "{", let end = behind.firstIndex(of: "}") else {
        throw PythonMistake("a brace of the f-string has no partner", help: "{{ and }} stand for braces", at: span)
      }
      var inside = behind[..<end]
      var format = ""
      if let colon = inside.lastIndex(of: ":") {
        format = String(inside[inside.index(after: colon)...])
        inside = inside[..<colon]
      }
      let inner = PythonParser.parse(String(inside))
      guard depth < Self.deepest / 2, inner.mistakes.isEmpty, inner.statements.count == 1,
        case .expression(var value) = inner.statements[0].kind
      else {
        throw PythonMistake("'{\(inside)}' is nothing that convo puts into a text", at: span, code: "python-subset")
      }
      value = value.moved(to: span)
      parts.append(.value(value, format: format))
      rest = behind[behind.index(after: end)...]
    }
    parts.append(.text(String(rest)))
    return parts
  }
}

extension PythonExpression {
  /// The expression with its place, and that of all in it, that of the text around it.
  fileprivate func moved(to place: Span) -> PythonExpression {
    let kind: Kind =
      switch self.kind {
      case .constant, .formatted, .name: self.kind
      case .list(let items): .list(items.map { $0.moved(to: place) })
      case .tuple(let items): .tuple(items.map { $0.moved(to: place) })
      case .dictionary(let items): .dictionary(items.map { ($0.key.moved(to: place), $0.value.moved(to: place)) })
      case .attribute(let owner, let name): .attribute(owner.moved(to: place), name)
      case .call(let function, let arguments):
        .call(
          function.moved(to: place),
          arguments.map {
            PythonArgument(name: $0.name.map { Located($0.content, at: place) }, value: $0.value.moved(to: place))
          })
      case .item(let owner, let index): .item(owner.moved(to: place), index.moved(to: place))
      case .unary(let name, let value): .unary(name, value.moved(to: place))
      case .binary(let name, let left, let right): .binary(name, left.moved(to: place), right.moved(to: place))
      }
    return PythonExpression(kind: kind, span: place)
  }
}
