import ConvoLanguage
import ConvoOutput

/// How the parts of a lesson look.
enum Presentation {
  /// Commands, as they would be typed.
  static func code(_ source: SourceText) -> OutputEvent.Content {
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    return .text(StyledText(lines.map { "  " + $0 }.joined(separator: "\n"), .code, mayWrap: false))
  }

  /// Text with Markdown in it.
  static func prose(_ markdown: String) -> [OutputEvent.Content] {
    var prose = ProseBuilder()
    for event in MarkdownReader.events(of: markdown) { prose.take(event) }
    return prose.takeContents()
  }

  /// Text with Markdown in it, behind a word that says what it is.
  static func prose(_ markdown: String, behind word: String, _ style: StyledText.Style) -> [OutputEvent.Content] {
    var contents = prose(markdown)
    if case .text(var text)? = contents.first {
      text.runs.insert(StyledText.Run(word + " ", style), at: 0)
      contents[0] = .text(text)
    } else {
      contents.insert(.text(StyledText(word, style)), at: 0)
    }
    return contents
  }

  static func question(_ question: Lesson.Question) -> [OutputEvent.Content] {
    prose(question.text, behind: "?", .strong)
      + zip(1..., question.choices).map { number, choice in choiceLine(number, choice) }
  }

  static func task(_ exercise: Lesson.Exercise) -> [OutputEvent.Content] {
    prose(exercise.task, behind: "Your turn:", .strong)
  }

  /// What is said to whoever gives an answer.
  static func reply(_ number: Int, to question: Lesson.Question) -> [OutputEvent.Content] {
    let isRight = number == question.answer
    return prose(question.choices[number - 1].reply, behind: isRight ? "✓" : "✗", isRight ? .success : .warning)
  }

  private static func choiceLine(_ number: Int, _ choice: Lesson.Question.Choice) -> OutputEvent.Content {
    var line = StyledText("  \(number). ")
    if case .text(let text)? = prose(choice.text).first { line.runs += text.runs }
    line.hangingIndent = 5
    return .text(line)
  }
}
