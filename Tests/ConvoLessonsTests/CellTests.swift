import ConvoLanguage
import ConvoLessons
import Testing

/// What is a cell, and where it stands.
@Suite struct CellTests {
  @Test(arguments: [
    ("```convo\nsummary\n```", "convo@2|summary"),
    ("text\n\n```convo\nnew model\nsummary\n```\ntext", "text\nconvo@4|new model\nsummary\ntext"),
    ("~~~ convo if='1 < 2'\nsummary\n~~~", "convo@2|summary"),
    ("````convo\nsummary\n````  ", "convo@2|summary"),
    ("```convo\n```", "convo@2|"),
    ("```convo\na\n```\n```convo\nb\n```", "convo@2|a\nconvo@5|b"),
    ("1. First:\n\n   ```convo\n   summary\n   ```\n\n2. Then", "+5  1. First:\nconvo@4|summary\n+5  2. Then"),
    ("> ```convo\n> summary\n> ```", "convo@2|summary"),
    // Front matter
    ("---\nid: fit\ntitle: Fit\n---\n```convo\nsummary\n```", "convo@6|summary"),
    ("---\r\nid: fit\r\ntitle: Fit\r\n---\r\n```convo\r\nsummary\r\n```\r\n", "convo@6|summary"),
    ("\u{FEFF}---\nid: fit\ntitle: Fit\n...\ntext", "text"),
    ("---\ntext", "=[faint:────────────────────────]\n\ntext"),
    ("----\ntext\n----", "=[faint:────────────────────────]\n\n[heading:text]"),
    // Line ends
    ("a\r\n\r\n```convo\r\nsummary # x\r\nhelp\r\n```\r\n", "a\nconvo@4|summary # x\nhelp"),
    ("a\r\r```convo\rsummary\r```", "a\nconvo@4|summary"),
    ("\u{FEFF}```convo\nsummary\n```", "convo@2|summary"),
    // No cells
    ("```Convo\nsummary\n```", "=    [code:summary]"),
    ("`` convo summary ``", "[code:convo summary]"),
  ])
  func cells(markdown: String, steps: String) throws {
    #expect(try Lesson(markdown).dump == steps)
  }

  @Test func aCellKnowsItsFileAndLine() throws {
    let lesson = try Lesson("# A\n\n```convo\nnew model\nsummary 'x\n```\n", file: "lessons/a.md")
    let cell = try #require(lesson.cells.first)
    let diagnostic = try #require(Parser.parse(cell).diagnostics.first)
    #expect(LocatedDiagnostic(diagnostic, in: cell).rendered.hasPrefix("lessons/a.md:5:9: error: "))
  }

  @Test(arguments: [
    "```convo\nsummary", "text\n\n```convo\nsummary\n\ntext\n", "- ```convo\n  a\n\ntext", "```convo",
    "````convo\na\n```\n",
  ])
  func anUnclosedCellIsRefused(markdown: String) {
    let line = markdown.hasPrefix("text") ? 3 : 1
    #expect(mistakes(in: markdown) == ["a.md:\(line): the block that begins here is never closed"])
  }

  @Test func unclosedCodeIsShown() throws {
    #expect(try Lesson("```python\na").dump == "=    [code:a]")
  }
}
