/// A parsed text: its commands, and every mistake that was found on the way.
public struct Program: Sendable, Hashable {
  public var commands: [CommandSyntax]
  public var diagnostics: [Diagnostic]
  /// Whether the text ends in the middle of a command: an open quote or bracket, or a `\`. A prompt then asks for more.
  public var isIncomplete: Bool
}

/// One command as it was written. The parser knows no verbs: whether there is such a command is the binder's question.
public struct CommandSyntax: Sendable, Hashable {
  public var verb: Located<String>
  public var arguments: [ArgumentSyntax]
  public var span: Span
}

/// `value`, or `name=value`.
public struct ArgumentSyntax: Sendable, Hashable {
  public var name: Located<String>?
  public var value: Located<Literal>

  /// The name and the value together.
  public var span: Span { (name?.span ?? value.span).through(value.span) }
}

/// A value as it was written, with its notation resolved.
public indirect enum Literal: Sendable, Hashable {
  case integer(Int)
  case number(Double)
  case size([Int])
  case word(String)
  case string(String)
  case boolean(Bool)
  case none
  case list([Located<Literal>])
}

extension Program {
  /// The text cut into one piece for each command, and one for each line that could not be parsed, in order.
  public func cells(of source: SourceText) -> [SourceText] {
    let broken = diagnostics.compactMap(\.span).map(source.lineSpan)
    return (commands.map(\.span) + broken).sorted { $0.start < $1.start }.map(source.slice)
  }
}
