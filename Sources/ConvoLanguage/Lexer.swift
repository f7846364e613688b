/// Cuts a text into tokens. Nothing is an error here: what makes no sense becomes a token that says so.
struct Lexer {
  private let bytes: [UInt8]
  private var at: Int
  /// How many brackets are open: line breaks inside them are blank.
  private var depth = 0

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    at = start
  }

  /// The next token; at the end of the text, `.end` again and again.
  mutating func next() -> Token {
    skipBlanks()
    let start = at
    guard at < bytes.count else { return Token(.end, Span(at, at)) }
    let byte = bytes[at]
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: ";"):
      at += 1
      return Token(.lineEnd, Span(start, at))
    case UInt8(ascii: "["), UInt8(ascii: "("):
      depth += 1
      return symbol(byte)
    case UInt8(ascii: "]"), UInt8(ascii: ")"):
      depth = max(0, depth - 1)
      return symbol(byte)
    case UInt8(ascii: "="), UInt8(ascii: ","):
      return symbol(byte)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return string(quote: byte)
    default:
      while at < bytes.count, !Self.endsAtom(bytes[at]) { at += 1 }
      return Token(.atom(String(decoding: bytes[start..<at], as: UTF8.self)), Span(start, at))
    }
  }

  private mutating func symbol(_ byte: UInt8) -> Token {
    at += 1
    return Token(.symbol(Character(Unicode.Scalar(byte))), Span(at - 1, at))
  }

  /// Blanks, comments, joined lines (`\` before the line break) and, inside brackets, line breaks.
  private mutating func skipBlanks() {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        at += 1
      case UInt8(ascii: "\n") where depth > 0:
        at += 1
      case UInt8(ascii: "\\") where lineBreak(after: at) != nil:
        at = lineBreak(after: at) ?? bytes.count
      case UInt8(ascii: "#"):
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
      default:
        return
      }
    }
  }

  /// The offset behind the line break that a `\` joins, also at the very end of the text.
  private func lineBreak(after backslash: Int) -> Int? {
    var next = backslash + 1
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\r") { next += 1 }
    if next == bytes.count { return next }
    return bytes[next] == UInt8(ascii: "\n") ? next + 1 : nil
  }

  private mutating func string(quote: UInt8) -> Token {
    let start = at
    var content: [UInt8] = []
    at += 1
    while at < bytes.count, bytes[at] != quote {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count {
        at += 1
        switch bytes[at] {
        case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): content.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): content.append(bytes[at])
        default: content += [UInt8(ascii: "\\"), bytes[at]]
        }
      } else {
        content.append(bytes[at])
      }
      at += 1
    }
    guard at < bytes.count else { return Token(.openString, Span(start, start + 1)) }
    at += 1
    return Token(.string(String(decoding: content, as: UTF8.self)), Span(start, at))
  }

  private static func endsAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "="),
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default:
      false
    }
  }
}

/// A token and its place.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A run of letters, digits and signs: a word, a number or a size.
    case atom(String)
    case string(String)
    /// A quote that the text never closes.
    case openString
    /// One of `= , [ ] ( )`.
    case symbol(Character)
    /// A line break, or the `;` that stands for one.
    case lineEnd
    case end
  }

  var kind: Kind
  var span: Span

  init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The token in words, for messages.
  var inWords: String {
    switch kind {
    case .atom(let text): "'\(text)'"
    case .string: "a quoted text"
    case .openString: "an open quote"
    case .symbol(let character): "'\(character)'"
    case .lineEnd, .end: "the end of the line"
    }
  }
}
