import ConvoLanguage
import ConvoOutput

/// Parts a document into cells and the prose between them.
struct StepBuilder {
  let source: LessonSource
  let file: String?
  private var steps: [Lesson.Step] = []
  private var prose = ProseBuilder()

  init(source: LessonSource, file: String?) {
    self.source = source
    self.file = file
  }

  mutating func take(_ event: MarkdownEvent) throws(LessonError) {
    guard case .codeBlock(let info, let text, let line) = event, Self.isCell(info) else {
      prose.take(event)
      return
    }
    let lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard source.isFence(line: line + lineCount + 1) else { throw .unclosedCell(file: file, line: line) }
    endProse()
    steps.append(
      .cell(SourceText(text.hasSuffix("\n") ? String(text.dropLast()) : text, file: file, firstLine: line + 1)))
  }

  mutating func finished() -> [Lesson.Step] {
    endProse()
    return steps
  }

  private mutating func endProse() {
    let contents = prose.takeContents()
    if !contents.isEmpty { steps.append(.prose(contents)) }
  }

  /// Words behind the first are for later: ```` ```convo title ```` is a cell too.
  private static func isCell(_ info: String) -> Bool {
    info.split(whereSeparator: \.isWhitespace).first == "convo"
  }
}
