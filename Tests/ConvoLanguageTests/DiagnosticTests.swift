import Testing

@testable import ConvoLanguage

@Suite struct DiagnosticTests {
  @Test func theCaretStandsUnderThePlace() {
    let source = SourceText("new model input=8x8x3\nadd conv2d 16 3x3 activatoin=relu\n", file: "my.convo")
    let diagnostic = Diagnostic(
      code: "x", message: "no such option", help: "did you mean 'activation'?", span: Span(40, 50))
    #expect(
      LocatedDiagnostic(diagnostic, in: source).rendered == """
        my.convo:2:19: error: no such option
          2 | add conv2d 16 3x3 activatoin=relu
            |                   ^^^^^^^^^^
          help: did you mean 'activation'?
        """)
  }

  @Test func wideCharactersTakeTwoColumns() {
    let source = SourceText("predict 日本 = 3")
    let diagnostic = Diagnostic(code: "x", message: "wrong", span: Span(8, 14))
    #expect(
      LocatedDiagnostic(diagnostic, in: source).rendered == """
        error: wrong
          1 | predict 日本 = 3
            |         ^^^^
        """)
  }

  @Test func withoutAPlaceThereIsNoCaret() {
    let diagnostic = Diagnostic(code: "x", message: "the disk is full")
    #expect(LocatedDiagnostic(diagnostic, in: SourceText("fit")).rendered == "error: the disk is full")
  }

  @Test func aSliceKnowsItsPlaceInTheFile() {
    let source = SourceText("one\ntwo; three\nfour", file: "f", firstLine: 10)
    let slice = source.slice(Span(9, 14))
    #expect(slice.text == "three")
    #expect(slice.position(of: 2) == Position(line: 11, column: 8))
    #expect(source.slice(Span(9, 19)).position(of: 6) == Position(line: 12, column: 1))
  }

  @Test(arguments: [
    ("activatoin", "activation"), ("con2d", "conv2d"), ("Conv2d", "conv2d"), ("epoch", "epochs"), ("fti", "fit"),
  ])
  func slipsAreMended(word: String, meant: String) {
    #expect(Spelling.nearest(to: word, in: ["activation", "conv2d", "epochs", "fit", "dense"]) == meant)
  }

  @Test func farWordsSuggestNothing() {
    #expect(Spelling.nearest(to: "banana", in: ["activation", "conv2d", "epochs", "fit", "dense"]) == nil)
    #expect(Spelling.nearest(to: String(repeating: "a", count: 1_000_000), in: ["a"]) == nil)
  }
}
