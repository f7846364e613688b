extension Expression {
  /// Reads an expression.
  public init(_ text: String) throws(ExpressionError) {
    // What is built of the text nests as deep as the text is long.
    guard text.utf8.count <= Self.longestText else {
      throw ExpressionError("the expression has \(text.utf8.count) characters; \(Self.longestText) are the most")
    }
    var parser = ExpressionParser(text)
    self = try parser.whole()
  }

  private static let longestText = 2000
}

/// Recursive descent, a function for each level of binding.
private struct ExpressionParser {
  private typealias Token = ExpressionScanner.Token

  private var scanner: ExpressionScanner
  private var token = Token.end
  private var depth = 0

  /// Nobody nests deeper by hand, and the stack of every thread is deep enough for it.
  private static let deepest = 64

  init(_ text: String) {
    scanner = ExpressionScanner(text)
  }

  mutating func whole() throws(ExpressionError) -> Expression {
    try advance()
    guard token != .end else { throw ExpressionError("there is nothing to compute") }
    let result = try alternatives()
    guard token == .end else { throw unexpected("an operator, or the end") }
    return result
  }

  private mutating func advance() throws(ExpressionError) { token = try scanner.next() }

  private mutating func alternatives() throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw ExpressionError("too many parentheses", span: scanner.span) }
    var left = try conditions()
    while token == .word("or") {
      try advance()
      left = .operation(.or, left, try conditions())
    }
    return left
  }

  private mutating func conditions() throws(ExpressionError) -> Expression {
    var left = try condition()
    while token == .word("and") {
      try advance()
      left = .operation(.and, left, try condition())
    }
    return left
  }

  private mutating func condition() throws(ExpressionError) -> Expression {
    var isNegated = false
    while token == .word("not") {
      isNegated.toggle()
      try advance()
    }
    let comparison = try comparison()
    return isNegated ? .not(comparison) : comparison
  }

  private mutating func comparison() throws(ExpressionError) -> Expression {
    let left = try sum()
    guard let comparing = operation(among: { $0.isComparison }) else { return left }
    try advance()
    let result = Expression.operation(comparing, left, try sum())
    if operation(among: { $0.isComparison }) != nil {
      throw ExpressionError("comparisons don't chain", help: "join two with 'and'", span: scanner.span)
    }
    return result
  }

  private mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while let adding = operation(among: { $0 == .plus || $0 == .minus || $0 == .tolerance }) {
      try advance()
      left = .operation(adding, left, try product())
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try signed()
    while let multiplying = operation(among: { $0 == .times || $0 == .divided }) {
      try advance()
      left = .operation(multiplying, left, try signed())
    }
    return left
  }

  private mutating func signed() throws(ExpressionError) -> Expression {
    var isNegated = false
    while token == .sign("-") {
      isNegated.toggle()
      try advance()
    }
    let value = try power()
    return isNegated ? .negated(value) : value
  }

  private mutating func power() throws(ExpressionError) -> Expression {
    let base = try primary()
    guard token == .sign("**") else { return base }
    try advance()
    return .operation(.power, base, try primary())
  }

  private mutating func primary() throws(ExpressionError) -> Expression {
    switch token {
    case .number(let value):
      try advance()
      return .literal(.number(value))
    case .size(let sides):
      try advance()
      return .literal(.size(sides))
    case .text(let text):
      try advance()
      return .literal(.text(text))
    case .sign("("):
      try advance()
      let inner = try alternatives()
      try expect(")")
      return inner
    case .word("true"), .word("false"):
      let value = token == .word("true")
      try advance()
      return .literal(.truth(value))
    case .word(let name) where name != "and" && name != "or": return try reference(name)
    case .word, .sign, .end: throw unexpected("a number or a name")
    }
  }

  private mutating func reference(_ name: String) throws(ExpressionError) -> Expression {
    var reference = Expression.Reference([name], span: scanner.span)
    try advance()
    while token == .sign(".") {
      try advance()
      guard case .word(let part) = token else { throw unexpected("a name behind the dot") }
      reference.path.append(part)
      reference.span = Span(reference.span.start, scanner.span.end)
      try advance()
    }
    if token == .sign("(") {
      try advance()
      var arguments: [Expression] = []
      while token != .sign(")") {
        if !arguments.isEmpty { try expect(",") }
        arguments.append(try alternatives())
      }
      try advance()
      reference.arguments = arguments
    }
    if token == .sign("[") {
      try advance()
      reference.index = try alternatives()
      try expect("]")
    }
    return .reference(reference)
  }

  private mutating func expect(_ sign: String) throws(ExpressionError) {
    guard token == .sign(sign) else { throw unexpected("'\(sign)'") }
    try advance()
  }

  private func operation(among isWanted: (Expression.Operator) -> Bool) -> Expression.Operator? {
    guard case .sign(let sign) = token, let found = Expression.Operator(rawValue: sign), isWanted(found) else {
      return nil
    }
    return found
  }

  private func unexpected(_ wanted: String) -> ExpressionError {
    let found =
      switch token {
      case .end: "it ends"
      case .number(let value): "there is \(ExpressionValue.number(value))"
      case .size(let sides): "there is \(ExpressionValue.size(sides))"
      case .word(let word): "there is '\(word)'"
      case .text(let text): "there is \"\(text)\""
      case .sign(let sign): "there is '\(sign)'"
      }
    return ExpressionError("\(wanted) should stand here, but \(found)", span: scanner.span)
  }
}
