import ConvoLanguage

/// Cuts Python into tokens. Nothing is an error here: what makes no sense becomes a token that says so.
struct PythonLexer {
  private let bytes: [UInt8]
  private var at = 0
  private var tokens: [PythonToken] = []
  /// The blanks before the line's first token, until that token is there.
  private var indent: Int? = 0

  /// All tokens of a text; the last is `.end`.
  static func tokens(of text: String) -> [PythonToken] {
    var lexer = PythonLexer(bytes: Array(text.utf8))
    lexer.run()
    return lexer.tokens
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func put(_ kind: PythonToken.Kind, from start: Int) {
    tokens.append(PythonToken(kind: kind, span: Span(start, at), indent: indent))
    indent = nil
  }

  private mutating func run() {
    while at < bytes.count {
      let start = at
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\n"):
        at += 1
        indent = nil
        put(.lineEnd, from: start)
        indent = 0
      case UInt8(ascii: " "):
        at += 1
        indent = indent.map { $0 + 1 }
      case UInt8(ascii: "\t"):
        at += 1
        indent = indent.map { ($0 / 8 + 1) * 8 }
      case UInt8(ascii: "\r"):
        at += 1
      case UInt8(ascii: "#"):
        skipLine()
      case UInt8(ascii: "\\") where joinsLines(at):
        at = (bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
      case UInt8(ascii: "!") where indent != nil, UInt8(ascii: "%") where indent != nil:
        skipLine()
        put(.shell(text(start..<at).trimmedBlanks), from: start)
      case UInt8(ascii: ";"):
        at += 1
        put(.lineEnd, from: start)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        string(from: start, prefix: "")
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number()
      case UInt8(ascii: ".") where at + 1 < bytes.count && Self.isDigit(bytes[at + 1]):
        number()
      default:
        if Self.isNameStart(byte) { name() } else { symbol() }
      }
    }
    put(.lineEnd, from: at)
    put(.end, from: at)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func skipLine() {
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
  }

  private func joinsLines(_ place: Int) -> Bool {
    let rest = bytes[(place + 1)...].first { $0 != UInt8(ascii: "\r") }
    return rest == nil || rest == UInt8(ascii: "\n")
  }

  private mutating func name() {
    let start = at
    while at < bytes.count, Self.isNameStart(bytes[at]) || Self.isDigit(bytes[at]) { at += 1 }
    let name = text(start..<at)
    let isQuote = at < bytes.count && (bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"))
    if isQuote, ["f", "r", "b", "u", "rb", "br", "fr", "rf"].contains(name.lowercased()) {
      string(from: start, prefix: name.lowercased())
    } else {
      put(.name(name), from: start)
    }
  }

  private mutating func number() {
    let start = at
    while at < bytes.count {
      let isSign = bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+")
      let followsExponent = at > start && (bytes[at - 1] | 0x20) == UInt8(ascii: "e")
      guard
        Self.isDigit(bytes[at]) || Self.isNameStart(bytes[at]) || bytes[at] == UInt8(ascii: ".")
          || (isSign && followsExponent)
      else { break }
      at += 1
    }
    let written = text(start..<at)
    let plain = written.filter { $0 != "_" }
    if let value = Int(plain) {
      put(.integer(value), from: start)
    } else if plain.allSatisfy({ "0123456789.eE+-".contains($0) }), let value = Double(Self.spelled(plain)),
      value.isFinite, !plain.allSatisfy(\.isNumber)
    {
      put(.float(value), from: start)
    } else {
      put(.badNumber(written), from: start)
    }
  }

  /// Swift reads neither `1.` nor `.5`; Python writes both.
  private static func spelled(_ number: String) -> String {
    var text = number.replacing(".e", with: ".0e").replacing(".E", with: ".0E")
    if text.hasSuffix(".") { text += "0" }
    return text.hasPrefix(".") ? "0" + text : text
  }

  private mutating func string(from start: Int, prefix: String) {
    let quote = bytes[at]
    let isLong = bytes[at...].prefix(3).count == 3 && bytes[at...].prefix(3).allSatisfy { $0 == quote }
    let width = isLong ? 3 : 1
    at += width
    let inside = at
    var content: [UInt8] = []
    func closes(_ place: Int) -> Bool {
      place + width <= bytes.count && bytes[place..<place + width].allSatisfy { $0 == quote }
    }
    while at < bytes.count, !closes(at), isLong || bytes[at] != UInt8(ascii: "\n") {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count, !prefix.contains("r") {
        at += 1
        switch bytes[at] {
        case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): content.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): content.append(bytes[at])
        default: content += [UInt8(ascii: "\\"), bytes[at]]
        }
      } else {
        content.append(bytes[at])
      }
      at += 1
    }
    guard closes(at) else {
      if isLong { at = bytes.count }
      put(.openString, from: start)
      return
    }
    at += width
    let decoded = String(decoding: content, as: UTF8.self)
    put(prefix.contains("f") ? .formatted(decoded, at: inside) : .string(decoded), from: start)
  }

  private mutating func symbol() {
    let start = at
    let known = ["**=", "//=", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "->", ":="]
    let ahead = bytes[at...].prefix(3)
    for candidate in known where ahead.starts(with: candidate.utf8) {
      at += candidate.utf8.count
      put(.symbol(candidate), from: start)
      return
    }
    at += 1
    let isKnown = "()[]{},:.=+-*/%<>@&|^~".utf8.contains(bytes[start])
    put(isKnown ? .symbol(text(start..<at)) : .stray(text(start..<at)), from: start)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// Whatever is beyond ASCII counts as a letter.
  private static func isNameStart(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

extension String {
  /// Without the blanks around it.
  var trimmedBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
