import ConvoLanguage
import ConvoOutput

/// Parts a document into steps, and collects its claims and links.
struct StepBuilder {
  let source: LessonSource
  var mistakes: MistakeList
  private(set) var links: [Lesson.Link] = []
  private(set) var firstHeading: String?
  private var steps: [Lesson.Step] = []
  private var prose = ProseBuilder()
  private var claims: [Lesson.Claim] = []
  /// A line that what comes next stands in or behind.
  private var line = 1
  /// What a heading that is not over says so far.
  private var heading: String?

  init(source: LessonSource, mistakes: MistakeList) {
    self.source = source
    self.mistakes = mistakes
  }

  mutating func take(_ event: MarkdownEvent) {
    switch event {
    case .codeBlock(let info, let text, let line):
      guard let kind = info.split(whereSeparator: \.isWhitespace).first else { break }
      switch kind {
      case "convo": return takeBlock(text, line) { $0.addCell(info, $1) }
      case "predict":
        return takeBlock(text, line) { $0.addBlock(info, $1) { Lesson.Question.read($0, &$1).map { .question($0) } } }
      case "try":
        return takeBlock(text, line) { $0.addBlock(info, $1) { Lesson.Exercise.read($0, &$1).map { .exercise($0) } } }
      default: break
      }
    case .line(let line): self.line = max(self.line, line)
    case .html(let html, let isBlock):
      claims += ClaimReader.claims(in: html, isBlock: isBlock, from: line, &mistakes)
    case .begin(.link(let url)), .begin(.image(let url)):
      let place = source.place(of: url, from: line) ?? (line, 1)
      links.append(Lesson.Link(url: url, line: place.line, column: place.column))
    case .begin(.heading): heading = ""
    case .end(.heading):
      firstHeading = firstHeading ?? heading
      heading = nil
    case .text(let text):
      heading?.append(text)
      // Two hyphens in it, for example, and a comment is a text like any other to CommonMark.
      if text.contains("!-- claim") {
        mistakes.add(
          "this claim would be shown", help: "a comment has no '--' in it and ends in -->",
          line: source.place(of: "<!-- claim", from: line)?.line ?? line)
      }
    case .code(let text): heading?.append(text)
    case .begin, .end, .softBreak, .hardBreak, .thematicBreak: break
    }
    prose.take(event)
  }

  mutating func finished() -> [Lesson.Step] {
    endProse()
    return steps
  }

  private mutating func endProse() {
    let contents = prose.takeContents()
    if !contents.isEmpty || !claims.isEmpty { steps.append(.prose(Lesson.Prose(contents: contents, claims: claims))) }
    claims = []
  }

  /// Ends the prose in front of a block, and reads the block, where it has an end.
  private mutating func takeBlock(_ text: String, _ line: Int, read: (inout StepBuilder, FencedBlock) -> Void) {
    let lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") }
    self.line = line
    guard source.isFence(line: line + lineCount + 1) else {
      mistakes.add(
        "the block that begins here is never closed", help: "write ``` on a line of its own behind its last line",
        line: line)
      return
    }
    endProse()
    read(&self, FencedBlock(text: text.hasSuffix("\n") ? String(text.dropLast()) : text, line: line))
  }

  private mutating func addCell(_ info: String, _ block: FencedBlock) {
    let cell = SourceText(block.text, file: source.file, firstLine: block.line + 1)
    var condition: Statement?
    let words = info.trimmed.dropFirst("convo".count).trimmed
    if words.hasPrefix("if="), let quote = words.dropFirst(3).first, quote == "\"" || quote == "'", words.count > 5,
      words.last == quote
    {
      condition = mistakes.statement(String(words.dropFirst(4).dropLast()), line: block.line)
    } else if !words.isEmpty {
      mistakes.add(
        "a cell has no '\(words)'", help: "it may have a condition, as in ```convo if=\"not has_model\"",
        line: block.line, at: String(words))
    }
    steps.append(.cell(Lesson.Cell(source: cell, condition: condition)))
  }

  private mutating func addBlock(
    _ info: String, _ block: FencedBlock, read: (FencedBlock, inout MistakeList) -> Lesson.Step?
  ) {
    if info.split(whereSeparator: \.isWhitespace).count > 1 {
      mistakes.add("nothing stands behind the block's first word", line: block.line)
    }
    if let step = read(block, &mistakes) { steps.append(step) }
  }
}

/// The lines between two fences.
struct FencedBlock {
  var text: String
  /// Of the opening fence.
  var line: Int

  func fields(_ mistakes: inout MistakeList) -> [Field] {
    Field.read(
      text.split(separator: "\n", omittingEmptySubsequences: false), firstLine: line + 1, &mistakes)
  }
}
