/// Text that a learner wrote, with the place that it came from.
public struct SourceText: Sendable, Hashable {
  public let text: String
  /// The file's path as the learner gave it; `nil` for what was typed.
  public let file: String?
  /// The number of the text's first line in its file; a lesson's cell begins somewhere in the middle.
  public let firstLine: Int
  /// How many characters of that line stand before the text.
  public let firstColumn: Int

  public init(_ text: String, file: String? = nil, firstLine: Int = 1, firstColumn: Int = 1) {
    self.text = text
    self.file = file
    self.firstLine = firstLine
    self.firstColumn = firstColumn
  }

  /// The part of the text that a span covers, which still knows its lines and columns.
  public func slice(_ span: Span) -> SourceText {
    let place = position(of: span.start)
    return SourceText(
      String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self), file: file, firstLine: place.line,
      firstColumn: place.column)
  }

  /// The line and the column (both from 1, columns in characters) of a byte of the text.
  public func position(of offset: Int) -> Position {
    let utf8 = Array(text.utf8.prefix(offset))
    let lineStart = (utf8.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let breaks = utf8.count { $0 == UInt8(ascii: "\n") }
    let before = String(decoding: utf8[lineStart...], as: UTF8.self)
    return Position(
      line: firstLine + breaks, column: before.count + (breaks == 0 ? firstColumn : 1))
  }

  /// The whole line in which a span begins, without its line break.
  func lineSpan(of span: Span) -> Span {
    let utf8 = Array(text.utf8)
    let at = min(span.start, utf8.count)
    let start = (utf8[..<at].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    return Span(start, utf8[at...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.count)
  }
}

/// A line and a column, both counted from 1; columns count characters.
public struct Position: Sendable, Hashable {
  public var line: Int
  public var column: Int
}

/// A stretch of a source text, as offsets into its UTF-8.
public struct Span: Sendable, Hashable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The span from the start of this one to the end of the other.
  func through(_ other: Span) -> Span {
    Span(start, max(end, other.end))
  }
}

/// Something with the place where it was written.
public struct Located<Content: Sendable & Hashable>: Sendable, Hashable {
  public var content: Content
  public var span: Span

  public init(_ content: Content, at span: Span) {
    self.content = content
    self.span = span
  }
}
