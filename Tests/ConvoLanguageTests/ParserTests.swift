import Testing

@testable import ConvoLanguage

@Suite struct ParserTests {
  private func parse(_ text: String) -> Program { Parser.parse(SourceText(text)) }

  /// The program as nested text, for comparing at a glance.
  private func outline(_ text: String) -> [String] {
    parse(text).commands.map { command in
      ([command.verb.content]
        + command.arguments.map { ($0.name.map { $0.content + "=" } ?? "") + outline($0.value.content) })
        .joined(separator: " | ")
    }
  }

  private func outline(_ literal: Literal) -> String {
    switch literal {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .size(let sides): "\(sides)"
    case .word(let text): text
    case .string(let text): "\"\(text)\""
    case .boolean(let value): "\(value)"
    case .none: "none"
    case .list(let items): "<" + items.map { outline($0.content) }.joined(separator: ",") + ">"
    }
  }

  @Test func theNotesFirstLine() {
    #expect(
      outline("load generator train from datasets/train rescale=1/256 target_size=(300, 300) classes=[a, b]") == [
        "load | generator | train | from | datasets/train | rescale=0.00390625 | target_size=[300, 300] | classes=<a,b>"
      ])
  }

  @Test(arguments: [
    ("", []),
    ("\n\n   \n", []),
    ("# only a comment", []),
    ("summary # and a comment", ["summary"]),
    ("a\nb;c ; d", ["a", "b", "c", "d"]),
    ("add conv2d \\\n  16 3x3", ["add | conv2d | 16 | [3, 3]"]),
    ("compile metrics=[\n  accuracy # the share\n]", ["compile | metrics=<accuracy>"]),
    ("predict 'a b.png' \"c\\\"d\\n\"", ["predict | \"a b.png\" | \"c\"d\n\""]),
    ("a x = 3", ["a | x=3"]),
    ("a at=100,120 b", ["a | at=<100,120> | b"]),
    ("a x=b,c,1/2", ["a | x=<b,c,0.5>"]),
    ("a 'two\nlines'", ["a | \"two\nlines\""]),
    ("a []", ["a | <>"]),
    ("a [1 2, [x]]", ["a | <1,2,<x>>"]),
    ("a (3,)", ["a | [3]"]),
    ("a x=val_loss(patience=3 min_delta=0.01) y", ["a | x=\"val_loss(patience=3 min_delta=0.01)\" | y"]),
    ("a f(g(1), ')') [h(2) i]", ["a | \"f(g(1), ')')\" | <\"h(2)\",i>"]),
    ("a f(1,\n2) 3", ["a | \"f(1, 2)\" | 3"]),
    ("a f (3, 4)", ["a | f | [3, 4]"]),
    ("predict ünïcode/日本.png", ["predict | ünïcode/日本.png"]),
    ("summary\r\nmodels\r\n", ["summary", "models"]),
  ])
  func structure(text: String, expected: [String]) {
    #expect(outline(text) == expected)
    #expect(parse(text).diagnostics.isEmpty)
    #expect(!parse(text).isIncomplete)
  }

  @Test func everyMistakeIsReportedAndTheRestIsRead() {
    let program = parse("add ]\nsummary\nfit train epochs=1/0\n3x3\nmodels")
    #expect(program.commands.map(\.verb.content) == ["summary", "models"])
    #expect(
      program.diagnostics.map(\.message) == [
        "a value was expected, not ']'", "1/0 divides by zero", "a command begins with a word, not with '3x3'",
      ])
  }

  @Test(arguments: [
    "add conv2d \\", "add conv2d \\\n", "compile metrics=[accuracy", "predict \"a", "a (300,", "a f(1, g(2)", "a [[1]",
    "predict 'a\nb",
  ])
  func openTextWaitsForMore(text: String) {
    #expect(parse(text).isIncomplete)
  }

  @Test func anOpenQuoteDoesNotSwallowTheNextLines() {
    let program = parse("predict \"a\nsummary")
    #expect(program.commands.map(\.verb.content) == ["summary"])
    #expect(program.diagnostics.map(\.message) == ["this quote is never closed"])
  }

  @Test(arguments: ["[", "("])
  func deepNestingIsAMistakeAndNoCrash(bracket: String) {
    let text = "a " + String(repeating: bracket, count: 100_000)
    #expect(parse(text).diagnostics.first?.message == "lists are nested too deep")
  }

  @Test(arguments: [
    ("a ,b", "',' is not needed here"),
    ("a 1,2", "',' is not needed here"),
    ("a x=1, 2", "',' is not needed here"),
    ("a x=1 ,2", "',' is not needed here"),
    ("a x=1,", "',' is not needed here"),
    ("a x=1,y=2", "a value was expected, not '='"),
    ("a x=", "x= has no value"),
    ("a 3=4", "the name of an option stands before '='"),
    ("a (x y)", "',' or ')' was expected, not 'y'"),
    ("a ()", "the size is empty"),
    ("a f(1;", "this '(' is never closed"),
    ("a (3 4)", "',' or ')' was expected, not '4'"),
    ("a ]", "a value was expected, not ']'"),
    ("x = 3", "'x' is followed by '=', but a line begins with a command"),
    ("= 3", "a command begins with a word, not with '='"),
  ])
  func messages(text: String, message: String) {
    #expect(parse(text).diagnostics.map(\.message) == [message])
  }

  @Test func nothingThatCanBeTypedTraps() {
    var generator = SplitMix(state: 1)
    let pieces = [
      "a", "=", "[", "]", "(", ")", ",", ";", "\n", "'", "\"", "\\", "#", " ", "1", "x", "/", ".", "e", "é",
    ]
    for _ in 0..<20_000 {
      let text = (0..<12).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }.joined()
      let source = SourceText(text)
      for diagnostic in Parser.parse(source).diagnostics {
        let located = LocatedDiagnostic(diagnostic, in: source)
        #expect(located.length >= 1 && !located.rendered.isEmpty)
      }
    }
  }
}
