import ConvoOutput

/// Turns Markdown into what a face can show: a styled text for each line or paragraph, an empty one for each blank
/// line, and tables.
struct ProseBuilder {
  private var contents: [OutputEvent.Content] = []
  private var layout = ProseLayout()
  private var inline = InlineText()
  private var table: TableBuilder?

  mutating func take(_ event: MarkdownEvent) {
    switch event {
    case .begin(let element): begin(element)
    case .end(let element): end(element)
    case .text(let text): inline.append(text)
    case .code(let text): inline.append(text, .code)
    case .softBreak: inline.append(" ")
    case .hardBreak: inline.breakLine()
    case .codeBlock(_, let text, _): showCode(text)
    case .html, .line: break
    case .thematicBreak: show([StyledText(String(repeating: "─", count: 24), .faint, mayWrap: false)])
    }
  }

  /// What was built since the last call.
  mutating func takeContents() -> [OutputEvent.Content] {
    defer {
      contents = []
      layout.beginAgain()
    }
    return contents
  }

  private mutating func begin(_ element: MarkdownEvent.Element) {
    switch element {
    case .paragraph: inline = InlineText()
    case .heading: inline = InlineText(style: .heading)
    case .quote: layout.beginQuote()
    case .list(let start, let isTight): layout.beginList(start: start, isTight: isTight)
    case .item: layout.beginItem()
    case .emphasis: inline.begin(.emphasis)
    case .strong: inline.begin(.strong)
    case .link: inline.beginLink()
    case .image: break
    case .table(let isRight): table = TableBuilder(isRight: isRight)
    case .row: table?.beginRow()
    case .tableCell: inline = InlineText()
    }
  }

  private mutating func end(_ element: MarkdownEvent.Element) {
    switch element {
    case .paragraph, .heading: show(inline.takeLines())
    case .quote: layout.endQuote()
    case .list: layout.endList()
    case .item:
      if layout.hasMarker { show([""]) }
      layout.endItem()
    case .emphasis, .strong: inline.end()
    case .link(let url): inline.endLink(url)
    case .image, .row: break
    case .tableCell: table?.append(inline.takeLines().map(\.plain).joined(separator: " "))
    case .table: showTable()
    }
  }

  /// Each line is a text of its own, so that the indentation of all but the first is certain.
  private mutating func show(_ lines: [StyledText]) {
    guard lines.contains(where: { !$0.runs.isEmpty }) || layout.hasMarker else { return }
    blankLine()
    for line in lines {
      let prefix = layout.takePrefix()
      var line = line
      if !prefix.isEmpty { line.runs.insert(StyledText.Run(prefix), at: 0) }
      line.hangingIndent = layout.indent
      contents.append(.text(line))
    }
    layout.endBlock()
  }

  private mutating func showCode(_ text: String) {
    // The text ends in a line break, behind which there is no other line.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    show(
      lines.map { line in
        StyledText([StyledText.Run("    "), StyledText.Run(String(line), .code)], mayWrap: false)
      })
  }

  private mutating func showTable() {
    guard let built = table?.table else { return }
    table = nil
    if layout.hasMarker { show([""]) }
    blankLine()
    contents.append(.table(built))
    layout.endBlock()
  }

  private mutating func blankLine() {
    if !contents.isEmpty, layout.wantsBlankLine { contents.append(.text("")) }
  }
}
