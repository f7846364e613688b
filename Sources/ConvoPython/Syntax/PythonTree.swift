import ConvoLanguage

/// An expression as it was written.
struct PythonExpression: Sendable {
  indirect enum Kind: Sendable {
    case constant(PythonValue)
    case formatted([FormattedPart])
    case name(String)
    case list([PythonExpression])
    case tuple([PythonExpression])
    case dictionary([(key: PythonExpression, value: PythonExpression)])
    case attribute(PythonExpression, String)
    case call(PythonExpression, [PythonArgument])
    case item(PythonExpression, PythonExpression)
    /// `-` or `not`.
    case unary(String, PythonExpression)
    /// Arithmetic, a comparison, `and`, `or`, `in`.
    case binary(String, PythonExpression, PythonExpression)
  }

  var kind: Kind
  var span: Span

  /// The dotted name, where the expression is nothing else.
  var dottedName: String? {
    switch kind {
    case .name(let name): name
    case .attribute(let owner, let name): owner.dottedName.map { "\($0).\(name)" }
    case .constant, .formatted, .list, .tuple, .dictionary, .call, .item, .unary, .binary: nil
    }
  }
}

/// A piece of an f-string.
enum FormattedPart: Sendable {
  case text(String)
  /// With what stands behind the colon: `.2f`.
  case value(PythonExpression, format: String)
}

/// `value` or `name=value`.
struct PythonArgument: Sendable {
  var name: Located<String>?
  var value: PythonExpression
}

/// A statement as it was written.
struct PythonStatement: Sendable {
  indirect enum Kind: Sendable {
    case expression(PythonExpression)
    /// `a = b = value`; a target is a name or a tuple of names.
    case assignment([PythonExpression], PythonExpression)
    case augmented(PythonExpression, String, PythonExpression)
    /// `import a.b as c`.
    case importModule([(module: Located<String>, alias: String?)])
    /// `from a.b import c as d`.
    case importNames(Located<String>, [(name: Located<String>, alias: String?)])
    case branch([(condition: PythonExpression?, body: [PythonStatement])])
    case loop(String, PythonExpression, [PythonStatement])
    case shell(String)
    case pass
  }

  var kind: Kind
  var span: Span
}

/// A mistake, and what would mend it for certain.
struct PythonMistake: Error, Sendable {
  var diagnostic: Diagnostic
  var mend: PythonMend?

  init(_ message: String, help: String = "", at span: Span, code: String = "python-syntax", mend: PythonMend? = nil) {
    diagnostic = Diagnostic(code: code, message: message, help: help, span: span)
    self.mend = mend
  }
}

/// A stretch of the text, and what should stand there.
struct PythonMend: Sendable {
  var span: Span
  var replacement: String
}

/// A parsed text: its statements, and every mistake that was found on the way.
struct PythonProgram: Sendable {
  var statements: [PythonStatement] = []
  var mistakes: [PythonMistake] = []
  /// Whether the text ends inside a bracket, a long string or a block that may go on.
  var isIncomplete = false
}
