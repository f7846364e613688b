/// Cuts an expression into words, numbers, sizes, strings and signs.
struct ExpressionScanner {
  enum Token: Hashable {
    case number(Double)
    case size([Int])
    case word(String)
    case text(String)
    case sign(String)
    case end
  }

  private let bytes: [UInt8]
  private var at = 0
  /// Where the last token stands.
  private(set) var span = Span(0, 0)

  /// The longest first, so that `<=` is not read as `<`.
  private static let signs = [
    "**", "==", "!=", "<=", ">=", "<", ">", "+", "±", "-", "*", "/", "(", ")", "[", "]", ",", ".",
  ]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The next token; at the end of the text, `.end` again and again.
  mutating func next() throws(ExpressionError) -> Token {
    while at < bytes.count, bytes[at] == UInt8(ascii: " ") || (9...13).contains(bytes[at]) { at += 1 }
    let start = at
    defer { span = Span(start, at) }
    guard at < bytes.count else { return .end }
    if isDigit(at) || (bytes[at] == UInt8(ascii: ".") && isDigit(at + 1)) { return try number() }
    if isLetter(at) { return .word(take { $0.isLetter($1) || $0.isDigit($1) || $0.isInnerHyphen($1) }) }
    if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") { return try text() }
    for sign in Self.signs where bytes[at...].starts(with: sign.utf8) {
      at += sign.utf8.count
      return .sign(sign)
    }
    let rest = String(decoding: bytes[at...], as: UTF8.self)
    let character = rest.first.map(String.init) ?? ""
    at += character.utf8.count
    throw ExpressionError("'\(character)' has no meaning here", span: Span(start, at))
  }

  private func isDigit(_ index: Int) -> Bool { index < bytes.count && (48...57).contains(bytes[index]) }

  private func isLetter(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index] | 0x20
    return (97...122).contains(byte) || bytes[index] == UInt8(ascii: "_") || bytes[index] >= 0x80 && !isTolerance(index)
  }

  /// Names may hold hyphens, as those of models do; a difference is written with blanks.
  private func isInnerHyphen(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "-") && isLetter(index + 1)
  }

  private func isTolerance(_ index: Int) -> Bool { bytes[index...].starts(with: "±".utf8) }

  private mutating func take(while belongs: (ExpressionScanner, Int) -> Bool) -> String {
    let start = at
    while at < bytes.count, belongs(self, at) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func number() throws(ExpressionError) -> Token {
    let start = at
    // `1e-3` is one number, and `149x149x16` one size.
    let text = take { scanner, index in
      let byte = scanner.bytes[index]
      if scanner.isDigit(index) || byte == UInt8(ascii: ".") || scanner.isLetter(index) { return true }
      guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), index > 0 else { return false }
      return scanner.bytes[index - 1] | 0x20 == UInt8(ascii: "e") && scanner.isDigit(index + 1)
    }
    switch Atom.literal(text) {
    case .success(.integer(let value)): return .number(Double(value))
    case .success(.number(let value)): return .number(value)
    case .success(.size(let sides)): return .size(sides)
    case .success, .failure:
      throw ExpressionError("'\(text)' is neither a number nor a size", span: Span(start, at))
    }
  }

  private mutating func text() throws(ExpressionError) -> Token {
    let start = at
    let quote = bytes[at]
    at += 1
    let content = take { $0.bytes[$1] != quote }
    guard at < bytes.count else {
      throw ExpressionError("the text that begins here has no end", help: "close the quote", span: Span(start, at))
    }
    at += 1
    return .text(content)
  }
}
