/// One step of a walk through a Markdown document, in the document's order.
///
/// A flat list instead of a tree: however deeply a document nests, nothing here recurses.
enum MarkdownEvent: Hashable {
  case begin(Element)
  case end(Element)
  case text(String)
  case code(String)
  case softBreak
  case hardBreak
  /// - `info`: what stands behind the fence; empty for indented code
  /// - `line`: of the opening fence, or of the first line of indented code
  case codeBlock(info: String, text: String, line: Int)
  case thematicBreak
  /// HTML as it stands in the document, comments above all; `isBlock` where nothing else stands in its lines.
  case html(String, isBlock: Bool)
  /// What follows begins in this line or behind it.
  case line(Int)

  /// What holds other things.
  enum Element: Hashable {
    case paragraph
    case heading
    case quote
    /// `start` is the first number, `nil` in a bullet list; a tight list has no blank lines between its items.
    case list(start: Int?, isTight: Bool)
    case item
    case emphasis
    case strong
    case link(url: String)
    case image(url: String)
    /// Whether each column's text stands at the right.
    case table(isRight: [Bool])
    case row
    case tableCell
  }
}
