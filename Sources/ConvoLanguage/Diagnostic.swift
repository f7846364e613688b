/// One mistake: what is wrong, where, and how to mend it.
public struct Diagnostic: Sendable, Hashable {
  /// A stable name of the kind of mistake, for programs: `unknown-option`.
  public var code: String
  /// What is wrong, in one sentence.
  public var message: String
  /// What to do, or the nearest correct spelling; may be empty.
  public var help: String
  /// Where; `nil` where the mistake is not in the text.
  public var span: Span?

  public init(code: String, message: String, help: String = "", span: Span? = nil) {
    self.code = code
    self.message = message
    self.help = help
    self.span = span
  }
}

/// A mistake together with the line that it stands in: all that is needed to show it.
public struct LocatedDiagnostic: Sendable, Hashable {
  public var diagnostic: Diagnostic
  public var file: String?
  /// `nil` where the mistake is not in the text.
  public var position: Position?
  /// How many characters the mistake covers, at least 1.
  public var length: Int
  /// The line that the mistake stands in.
  public var line: String
  /// How many characters of `line` stand before the mistake.
  public var indent: Int

  public init(_ diagnostic: Diagnostic, in source: SourceText) {
    self.diagnostic = diagnostic
    file = source.file
    guard let span = diagnostic.span else {
      (position, length, line, indent) = (nil, 0, "", 0)
      return
    }
    position = source.position(of: span.start)
    let covered = source.slice(span).text.prefix { !$0.isNewline }
    length = max(1, covered.count)
    let whole = source.lineSpan(of: span)
    line = source.slice(whole).text
    indent = source.slice(Span(whole.start, span.start)).text.count
  }

  /// The mistake in plain text: the message, the line with a caret under the place, and the help.
  ///
  ///     error: there is no option 'activatoin' for add conv2d
  ///       1 | add conv2d 16 3x3 activatoin=relu
  ///         |                   ^^^^^^^^^^
  ///       help: did you mean 'activation'?
  public var rendered: String {
    var lines = [place + "error: " + diagnostic.message]
    if let position {
      let number = String(position.line)
      let margin = String(repeating: " ", count: number.count)
      let pad = line.prefix(indent).map { $0 == "\t" ? "\t" : String(repeating: " ", count: TextWidth.of($0)) }.joined()
      let covered = TextWidth.of(line.dropFirst(indent).prefix(length))
      lines.append("  \(number) | \(line)")
      lines.append("  \(margin) | \(pad)" + String(repeating: "^", count: max(1, covered)))
    }
    if !diagnostic.help.isEmpty { lines.append("  help: " + diagnostic.help) }
    return lines.joined(separator: "\n")
  }

  private var place: String {
    guard let file else { return "" }
    guard let position else { return file + ": " }
    return "\(file):\(position.line):\(position.column): "
  }
}
