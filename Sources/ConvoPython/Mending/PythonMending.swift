public import ConvoKernel
public import ConvoLanguage

/// Python with the slips mended whose mend is certain. Files stay as they are.
public struct PythonMending: Sendable {
  public private(set) var cells: [SourceText]
  /// The lines that went and those that came, in order.
  public private(set) var changes: [Line] = []

  public struct Line: Sendable, Hashable {
    /// With `-` or `+` in front.
    public var text: String
    public var isNew: Bool
  }

  /// More slips than this are no slips.
  private static let mostRounds = 100

  public init(of cells: [SourceText], from state: SessionState, catalog: CommandCatalog) async {
    self.cells = cells
    for _ in 0..<Self.mostRounds {
      let found = await PythonDialect.look(at: self.cells, from: state, catalog: catalog)
      // One at a time: a mend moves all that stands behind it, and may be what the next mistake came of.
      guard let place = found.firstIndex(where: { $0.mistakes.contains { $0.mend != nil } }),
        let mend = found[place].mistakes.lazy.compactMap(\.mend).first
      else { return }
      apply(mend, toCell: place)
    }
  }

  private mutating func apply(_ mend: PythonMend, toCell place: Int) {
    let old = cells[place]
    let bytes = Array(old.text.utf8)
    let span = Span(min(mend.span.start, bytes.count), min(mend.span.end, bytes.count))
    let text = bytes[..<span.start] + Array(mend.replacement.utf8) + bytes[span.end...]
    cells[place] = SourceText(
      String(decoding: text, as: UTF8.self), file: old.file, firstLine: old.firstLine, firstColumn: old.firstColumn)
    let before = old.text.split(separator: "\n", omittingEmptySubsequences: false)
    let after = cells[place].text.split(separator: "\n", omittingEmptySubsequences: false)
    let head = zip(before, after).prefix { $0 == $1 }.count
    let tail = zip(before.dropFirst(head).reversed(), after.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    changes += before.dropFirst(head).dropLast(tail).map { Line(text: "- \($0)", isNew: false) }
    changes += after.dropFirst(head).dropLast(tail).map { Line(text: "+ \($0)", isNew: true) }
  }
}
