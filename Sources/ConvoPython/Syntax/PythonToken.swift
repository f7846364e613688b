import ConvoLanguage

/// A token of Python and its place. What a line break and an indentation mean is the parser's to say: it alone knows
/// which brackets are open.
struct PythonToken: Hashable {
  enum Kind: Hashable {
    /// A name or a keyword.
    case name(String)
    case integer(Int)
    case float(Double)
    /// A number that is too large, or none at all: the text.
    case badNumber(String)
    case string(String)
    /// The text between the quotes of an f-string, and where it begins.
    case formatted(String, at: Int)
    /// A quote that is never closed.
    case openString
    /// An operator or a bracket: `**`, `(`.
    case symbol(String)
    /// `!wget …` or `%matplotlib inline`, as a line of a notebook.
    case shell(String)
    case lineEnd
    case end
    /// A character that Python has no use for.
    case stray(String)
  }

  var kind: Kind
  var span: Span
  /// How many blanks stand before the first token of a line; `nil` for the tokens behind it.
  var indent: Int?

  /// The token in words, for messages.
  var inWords: String {
    switch kind {
    case .name(let text), .symbol(let text), .stray(let text), .badNumber(let text), .shell(let text): "'\(text)'"
    case .integer(let value): "'\(value)'"
    case .float(let value): "'\(value)'"
    case .string, .formatted: "a text"
    case .openString: "an open quote"
    case .lineEnd: "the end of the line"
    case .end: "the end of the text"
    }
  }
}
