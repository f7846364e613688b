import ConvoKerasProgram
import ConvoSchema
import Testing

@Suite struct PythonLiteralTests {
  private static let values: [(Value, String)] = [
    (.integer(-3), "-3"), (.number(1), "1.0"), (.number(0.001), "0.001"), (.number(1e-7), "1e-07"),
    (.number(1 / 255), "1 / 255"), (.number(1 / 3), "1 / 3"), (.number(0.5), "0.5"),
    (.number(0.1 + 0.2), "0.30000000000000004"), (.number(1 / 127.5), "0.00784313725490196"),
    (.number(-1 / 255), "-0.00392156862745098"), (.boolean(true), "True"), (.boolean(false), "False"), (.none, "None"),
    (.size([3, 3]), "(3, 3)"), (.size([7]), "(7,)"), (.list([.none, .integer(1), .text("a")]), "[None, 1, \"a\"]"),
  ]

  @Test(arguments: values)
  func valuesAreWrittenAsPythonReadsThem(value: Value, python: String) {
    #expect(PythonLiteral.text(value) == python)
  }

  @Test(arguments: [
    ("a b", #""a b""#), ("say \"hi\"", #""say \"hi\"""#), (#"c:\new"#, #""c:\\new""#), ("a\nb\r\tc", #""a\nb\r\tc""#),
    ("ü馬", #""ü馬""#), ("\u{1B}[31m\u{2028}", #""\u001b[31m\u2028""#), ("{x} %s", #""{x} %s""#),
  ])
  func stringsStayInOneLine(string: String, python: String) {
    #expect(PythonLiteral.text(string) == python)
  }
}
