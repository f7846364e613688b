import ConvoLessons
import Testing

/// How Markdown is shown.
@Suite struct ProseTests {
  @Test(arguments: [
    // Paragraphs and headings
    ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
    ("# A *big* `title`\ntext", "[heading:A big ][code:title]\n\ntext"),
    ("Title\n=====\n", "[heading:Title]"),
    ("", ""),
    (" \n\t\n", ""),
    // Styles
    ("a **b** *c* `d`", "a [strong:b] [emphasis:c] [code:d]"),
    ("**b *c* d**", "[strong:b ][emphasis:c][strong: d]"),
    ("&amp; &eacute; \\*x\\* &#27;[2J", "& é *x* \u{FFFD}[2J"),
    // Line breaks
    ("a  \nb\\\nc<br>d", "a\nb\nc\nd"),
    ("- a  \n  b", "+4  • a\n+4    b"),
    // Links and images
    ("[Keras](https://keras.io)", "Keras[faint: (https://keras.io)]"),
    ("[next](week5.md) [up](#top)", "next up"),
    ("<https://keras.io> and <a@b.org>", "https://keras.io and a@b.org"),
    ("![a horse](horse.png)", "a horse"),
    // What is invisible
    ("a.\n<!-- claim: 8 == 8 -->\n\nb.", "a.\n\nb."),
    ("a. <!-- claim: 8 == 8 --> b. <!-- more -->", "a. b."),
    ("a <b>c</b>", "a c"),
    // Lists
    ("- a\n- b", "+4  • a\n+4  • b"),
    ("text\n- a\n- b\n\ntext", "text\n\n+4  • a\n+4  • b\n\ntext"),
    ("- a\n\n- b\n\n  c", "+4  • a\n\n+4  • b\n\n+4    c"),
    ("9. a\n10. b", "+5  9. a\n+6  10. b"),
    ("- a\n  1. b\n     - c\n- d", "+4  • a\n+9      1. b\n+13           • c\n+4  • d"),
    ("- - a", "+8  •   • a"),
    ("- \n- a", "+4  • \n+4  • a"),
    ("- > a\n  > b", "+8  •     a b"),
    ("- a\n\n      code", "+4  • a\n\n+4=        [code:code]"),
    ("- # a", "+4  • [heading:a]"),
    // Quotes
    ("> a\nb\n>\n> c", "+4    a b\n\n+4    c"),
    // Code that is no cell
    ("```python\nmodel.fit(\n  a)\n```", "=    [code:model.fit(]\n=    [code:  a)]"),
    ("```\na\n\nb\n```", "=    [code:a]\n=    [code:]\n=    [code:b]"),
    ("    indented", "=    [code:indented]"),
    ("``` convolution\n```\n", ""),
    // Rules
    ("a\n\n---\n\nb", "a\n\n=[faint:────────────────────────]\n\nb"),
  ])
  func isShown(markdown: String, shown: String) throws {
    #expect(try Lesson(markdown).dump == shown)
  }

  @Test func tables() throws {
    let markdown = """
      Before
      | a | `b` | **c** |
      |---|:---:|------:|
      | 1 | x \\| y | 3 |
      | 4 |
      | 5 | 6 | 7 | 8 |

      - item
        | z |
        |--:|
        | 9 |
      """
    let shown = """
      Before

      |a|b|>c|
      |1|x | y|3|
      |4|||
      |5|6|7|

      +4  • item
      |>z|
      |9|
      """
    #expect(try Lesson(markdown).dump == shown)
  }

  /// Deep nesting must exhaust neither the stack nor the width of the page.
  @Test(arguments: ["> ", "- ", "1. ", "*a ", "![", "[", "<b>", "`a "])
  func deepNesting(mark: String) throws {
    let markdown = String(repeating: mark, count: 20_000) + "\n\nend"
    let lines = try Lesson(markdown).dump.split(separator: "\n")
    #expect(lines.last?.hasSuffix("end") == true)
  }

  @Test func deepListsStopMovingRight() throws {
    let items = (0..<100).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    let lines = try Lesson(items).dump.split(separator: "\n")
    #expect(lines.count == 100)
    #expect(lines[5] == "+24                      • a")
    #expect(lines[6...].allSatisfy { $0 == "+24                        a" })
  }
}
