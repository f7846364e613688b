import ConvoLanguage
import Testing

@testable import ConvoPython

/// Statements, and what is said of those that are none.
@Suite struct ParserTests {
  /// The mistakes as they are shown.
  private func shown(_ text: String) -> [String] {
    PythonParser.parse(text).mistakes.map { LocatedDiagnostic($0.diagnostic, in: SourceText(text)).rendered }
  }

  @Test func theBrokenImportIsNamedAndMended() throws {
    let text = "from tensorflow.keras.preprocessing.image\nimport ImageDataGenerator\n\nx = 1\n"
    #expect(
      shown(text) == [
        """
        error: the import is broken over two lines: 'import …' must follow in the line of 'from'
          1 | from tensorflow.keras.preprocessing.image
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          help: join the two lines: from tensorflow.keras.preprocessing.image import …
        """
      ])
    #expect(PythonParser.parse(text).statements.count == 1)
    let mend = try #require(PythonParser.parse(text).mistakes[0].mend)
    #expect(mend.replacement == " ")
    #expect(mend.span == Span(41, 42))
  }

  @Test func theCallLeftOpenIsNamedAndTheNextStatementIsRead() {
    let text = "a = f(\n    x,\n    mode='binary'\n\nb = g(1)\n"
    let program = PythonParser.parse(text)
    #expect(
      shown(text) == [
        """
        error: ')' is missing: the '(' of line 1 is still open where the next statement begins
          3 |     mode='binary'
            |          ^^^^^^^^
          help: put ) behind 'binary', before line 5
        """
      ])
    #expect(program.statements.count == 1)
    #expect(program.mistakes[0].mend?.replacement == "\n)")
    #expect(!program.isIncomplete)
  }

  @Test func everyMistakeIsReported() {
    let program = PythonParser.parse("x = = 1\ny = 2\nclass A(B):\n  def f(self):\n    pass\nz = 3\nw = (1\n")
    #expect(program.mistakes.count == 3)
    #expect(program.statements.count == 2)
    #expect(program.isIncomplete)
  }

  @Test(arguments: [
    "class A:\n  pass", "def f():\n  return 1", "while True:\n  pass", "with a as b:\n  pass", "lambda x: x",
  ])
  func whatIsOutsideIsRefusedByName(_ text: String) {
    let mistakes = PythonParser.parse(text).mistakes
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.diagnostic.message.contains("is outside what convo runs") == true)
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000), String(repeating: "[1,", count: 100_000),
    String(repeating: "-", count: 100_000),
    String(repeating: "not ", count: 100_000), "a" + String(repeating: ".a", count: 100_000),
    "1" + String(repeating: "+1", count: 100_000), "1" + String(repeating: "**1", count: 100_000),
    String(repeating: "if a:\n", count: 1000),
    (0..<1000).map { String(repeating: " ", count: $0) + "if a:" }.joined(separator: "\n"),
    "a" + String(repeating: "(1)", count: 100_000), "f'" + String(repeating: "{", count: 10_001) + "'",
  ])
  func nestingIsBounded(_ text: String) {
    #expect(!PythonParser.parse(text).mistakes.isEmpty)
  }

  @Test func randomBytesNeverTrap() {
    var generator = Scramble(state: 7)
    let alphabet = Array("ab1.,:=()[]{}'\"\\\n \tfif for in f'{x}'!%#*/-+é@".utf8)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? alphabet.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let program = PythonParser.parse(text)
      let length = text.utf8.count
      for mistake in program.mistakes {
        let span = mistake.diagnostic.span ?? Span(0, 0)
        #expect(span.end <= length)
        _ = LocatedDiagnostic(mistake.diagnostic, in: SourceText(text)).rendered
      }
    }
  }

  @Test func whichCellsArePython() {
    let dialect = PythonDialect()
    for text in [
      "import numpy as np", "x = 3", "model.fit(train)", "print('a')", "!ls", "%matplotlib inline", "# a\nx[0]",
      "a, b = 1, 2", "for x in y:",
    ] {
      #expect(dialect.owns(SourceText(text)), "\(text)")
    }
    for text in [
      "fit train epochs=2", "add conv2d 16 (3,3)", "summary", "print images(train)", "set seed=1", "", "# only",
    ] {
      #expect(!dialect.owns(SourceText(text)), "\(text)")
    }
  }

  @Test func whatIsIncomplete() {
    let dialect = PythonDialect()
    for text in ["x = f(", "x = [1,\n2", "for x in y:", "for x in y:\n  print(x)", "s = '''a"] {
      #expect(dialect.isIncomplete(SourceText(text)), "\(text)")
    }
    for text in ["x = f()", "for x in y:\n  print(x)\n", "x = 'a", "from a\n"] {
      #expect(!dialect.isIncomplete(SourceText(text)), "\(text)")
    }
  }
}

/// The same numbers in every run.
struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
