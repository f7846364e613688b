import ConvoLanguage

/// How far lines are moved to the right inside lists and quotes, and where blank lines stand between them.
struct ProseLayout {
  private enum Container {
    case quote
    /// `next` is the next item's number.
    case list(next: Int?, isTight: Bool)
    case item
  }

  /// Deeper text is shown as if it stood here: it could not be read any farther to the right.
  private static let deepestIndent = 24

  private var containers: [Container] = []
  /// The indentation that each container began with.
  private var outerIndents: [Int] = []
  /// The columns in front of the current container's text.
  private(set) var indent = 0
  /// What stands in front of the next line in place of blanks: the markers of items that have no line yet.
  private var marker: String?
  /// Whether a blank line belongs in front of the next block.
  private(set) var wantsBlankLine = false

  /// Whether an item waits for its first line.
  var hasMarker: Bool { marker != nil }

  /// What stands in front of the next line.
  mutating func takePrefix() -> String {
    defer { marker = nil }
    return marker ?? String(repeating: " ", count: indent)
  }

  mutating func endBlock() {
    wantsBlankLine = !isTight
  }

  /// To be called where the next block is the first of its step.
  mutating func beginAgain() {
    wantsBlankLine = false
  }

  mutating func beginQuote() {
    push(.quote)
    moveRight(by: 4)
  }

  mutating func endQuote() {
    pop()
  }

  mutating func beginList(start: Int?, isTight: Bool) {
    push(.list(next: start, isTight: isTight))
  }

  mutating func endList() {
    pop()
  }

  mutating func beginItem() {
    var text = "• "
    if case .list(let next?, let isTight) = containers.last {
      text = "\(next). "
      containers[containers.count - 1] = .list(next: next.addingReportingOverflow(1).partialValue, isTight: isTight)
    }
    push(.item)
    guard indent < Self.deepestIndent else { return }
    marker = (marker ?? String(repeating: " ", count: indent)) + "  " + text
    indent += 2 + TextWidth.of(text)
  }

  mutating func endItem() {
    pop()
  }

  private mutating func push(_ container: Container) {
    containers.append(container)
    outerIndents.append(indent)
  }

  private mutating func pop() {
    containers.removeLast()
    indent = outerIndents.removeLast()
    if containers.isEmpty { marker = nil }
    wantsBlankLine = !isTight
  }

  private mutating func moveRight(by columns: Int) {
    guard indent < Self.deepestIndent else { return }
    indent += columns
    if let marker { self.marker = marker + String(repeating: " ", count: columns) }
  }

  /// Whether the current block stands directly in an item of a list without blank lines.
  private var isTight: Bool {
    for container in containers.reversed() {
      switch container {
      case .quote: return false
      case .list(_, let isTight): return isTight
      case .item: break
      }
    }
    return false
  }
}
