import ConvoOutput
import Testing

@testable import ConvoTerminal

@Suite struct TextLayoutTests {
  private func lines(_ text: String, _ width: Int, hanging: Int = 0) -> [String] {
    TextLayout(width: width, hangingIndent: hanging).lines(of: Line(text)).map(\.text)
  }

  @Test func wordsStayWhole() {
    #expect(lines("a filter looks at 3x3 pixels", 12) == ["a filter", "looks at 3x3", "pixels"])
    #expect(lines("exactly twelve", 14) == ["exactly twelve"])
    #expect(lines("", 12) == [""])
  }

  @Test func aWordThatIsTooLongIsBroken() {
    #expect(lines("abcdefghij klm", 4) == ["abcd", "efgh", "ij", "klm"])
    #expect(lines("abc", 1) == ["a", "b", "c"])
  }

  @Test func indentationStaysAndContinuationsHang() {
    #expect(lines("  - one two three", 10, hanging: 4) == ["  - one", "    two", "    three"])
    // No room for an indent: none.
    #expect(lines("one two", 5, hanging: 4) == ["one", "two"])
  }

  @Test func lineBreaksAreKept() {
    #expect(lines("one\n\ntwo three", 5) == ["one", "", "two", "three"])
  }

  @Test func wideCharactersTakeTwoColumnsAndMayBeParted() {
    #expect(lines("日本語のテキスト", 6) == ["日本語", "のテキ", "スト"])
    #expect(lines("ab 日本語", 6) == ["ab 日", "本語"])
  }

  @Test func stylesSurviveTheBreak() {
    let text = StyledText([.init("plain "), .init("strong words", .strong)])
    let found = TextLayout.lines(of: text, width: 12)
    #expect(found.map(\.text) == ["plain strong", "words"])
    #expect(found[0].runs == [.init(text: "plain ", ink: .plain), .init(text: "strong", ink: .strong)])
    #expect(found[1].runs == [.init(text: "words", ink: .strong)])
  }

  @Test func codeIsNotBroken() {
    let text = StyledText("one two three", .code, mayWrap: false)
    #expect(TextLayout.lines(of: text, width: 5).map(\.text) == ["one two three"])
  }

  @Test func noLineIsEverWiderThanAsked() {
    let text = "Ein Filter sieht 3x3 Bildpunkte, 日本語のテキストも, ausnahmsweise-auch-sehr-lange-Wörter 🐎🐎🐎🐎."
    for width in 2...90 {
      for hanging in [0, 2, 8] {
        let layout = TextLayout(width: width, hangingIndent: hanging)
        #expect(layout.lines(of: Line(text)).allSatisfy { $0.width <= width }, "at \(width)")
      }
    }
  }

  @Test func ordersToTheTerminalAreTakenOut() {
    #expect(Printable.clean("a\u{1B}[31mb\u{7}c\td\r\ne\u{202E}f") == "a�[31mb�c    d\ne�f")
    #expect(Printable.clean("ü日 plain") == "ü日 plain")
  }

  @Test func colorsAreClosedInEveryLine() {
    var line = Line("red", .failure)
    line.append(" plain")
    let colored = "\u{1B}[1;31mred\u{1B}[0m plain\n"
    #expect(Painter(hasColors: true).paint([line, line]) == colored + colored)
    #expect(Painter(hasColors: false).paint([line]) == "red plain\n")
  }
}
