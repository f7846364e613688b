/// The parts of Python that convo does not run, and what it offers instead.
struct PythonRefusal {
  let message: String
  let help: String

  private init(_ what: String, _ help: String) {
    message = "\(what) is outside what convo runs"
    self.help = help
  }

  /// A statement that begins with a keyword.
  static func keyword(_ word: String, behind tokens: [PythonToken], _ at: Int) -> PythonRefusal? {
    switch word {
    case "class":
      PythonRefusal(
        "'class'",
        "a callback that stops training is callbacks=[EarlyStopping(monitor='val_loss', patience=3)]")
    case "def": PythonRefusal("'def'", "write the lines out where they are used")
    case "with": PythonRefusal("'with'", "unpack archives yourself; datasets lists the pictures that convo brings")
    case "while": PythonRefusal("'while'", "for name in range(3): runs; so does fit with epochs=")
    case "try", "except", "finally", "raise": PythonRefusal("'\(word)'", "convo says what is wrong, and goes on")
    case "elif", "else": PythonRefusal("'\(word)' without an 'if' above it", "indent it like its 'if'")
    case "async", "await", "return", "yield", "global", "nonlocal", "del", "assert", "break", "continue":
      PythonRefusal("'\(word)'", "help python lists what runs")
    default: nil
    }
  }

  /// A word that can't stand in an expression.
  static func word(_ word: String) -> PythonRefusal? {
    switch word {
    case "lambda": PythonRefusal("'lambda'", "help python lists what runs")
    case "is": PythonRefusal("'is'", "use ==")
    case "import", "from", "class", "def", "with", "while", "try", "for", "if", "else", "elif", "as", "return", "and",
      "or", "in", "yield", "await":
      PythonRefusal("'\(word)' in this place", "a value was expected here")
    default: nil
    }
  }
}
