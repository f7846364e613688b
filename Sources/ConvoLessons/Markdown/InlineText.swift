import ConvoOutput

/// Collects the text of one paragraph, heading or table cell.
struct InlineText {
  private var lines: [[StyledText.Run]] = [[]]
  /// The innermost style wins.
  private var styles: [StyledText.Style]
  /// The text of each open link so far.
  private var links: [String] = []

  init(style: StyledText.Style = .plain) {
    styles = [style]
  }

  /// Adds text as it stands between two marks; blanks that meet become one, as where a comment stood between them.
  mutating func append(_ text: String) {
    append(String(endsInBlank ? text.drop { $0 == " " } : text[...]), styles.last ?? .plain)
  }

  private var endsInBlank: Bool {
    guard let last = lines.last?.last else { return true }
    return last.style != .code && last.text.hasSuffix(" ")
  }

  mutating func append(_ text: String, _ style: StyledText.Style) {
    guard !text.isEmpty else { return }
    for index in links.indices { links[index] += text }
    let line = lines.count - 1
    if let last = lines[line].indices.last, lines[line][last].style == style {
      lines[line][last].text += text
    } else {
      lines[line].append(StyledText.Run(text, style))
    }
  }

  mutating func breakLine() {
    lines.append([])
  }

  mutating func begin(_ style: StyledText.Style) {
    // A heading stands out as a whole.
    styles.append(styles.first == .heading ? .heading : style)
  }

  mutating func end() {
    if styles.count > 1 { styles.removeLast() }
  }

  mutating func beginLink() {
    links.append("")
  }

  /// Adds where the link leads, unless its text says so, or it leads to a file or a heading: there the text is enough.
  mutating func endLink(_ url: String) {
    let text = links.popLast() ?? ""
    if Self.isAbsolute(url), !url.hasSuffix(text) || text.isEmpty { append(" (\(url))", .faint) }
  }

  mutating func takeLines() -> [StyledText] {
    defer { self = InlineText() }
    return lines.map { StyledText(Self.withoutBlanksAtTheEnd($0)) }
  }

  private static func withoutBlanksAtTheEnd(_ runs: [StyledText.Run]) -> [StyledText.Run] {
    var runs = runs
    while var last = runs.popLast() {
      if last.style != .code {
        while last.text.hasSuffix(" ") { last.text.removeLast() }
      }
      if !last.text.isEmpty { return runs + [last] }
    }
    return []
  }

  /// Whether a URL names its scheme (RFC 3986, section 3.1) or its host.
  static func isAbsolute(_ url: String) -> Bool {
    if url.hasPrefix("//") { return true }
    guard let colon = url.firstIndex(of: ":"), let first = url.first, first.isASCII, first.isLetter else {
      return false
    }
    return url[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }
}
