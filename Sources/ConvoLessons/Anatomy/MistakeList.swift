import ConvoLanguage

/// Collects what is wrong with a lesson, so that one reading finds all of it.
struct MistakeList {
  let source: LessonSource
  private(set) var all: [LocatedDiagnostic] = []

  init(source: LessonSource) {
    self.source = source
  }

  /// Notes a mistake.
  ///
  /// - Parameters:
  ///   - line: its number, from 1.
  ///   - text: the part of the line that is wrong; the whole line where it is `nil` or not found.
  mutating func add(_ message: String, help: String = "", line: Int, at text: String? = nil) {
    let whole = String(source.line(line))
    var span = Span(indent(of: whole), whole.utf8.count)
    if let text, let found = whole.firstRange(of: text) {
      let start = whole.utf8.distance(from: whole.startIndex, to: found.lowerBound)
      span = Span(start, start + text.utf8.count)
    }
    all.append(
      LocatedDiagnostic(
        Diagnostic(code: "lesson", message: message, help: help, span: span),
        in: SourceText(whole, file: source.file, firstLine: line)))
  }

  mutating func add(_ mistake: LocatedDiagnostic) {
    all.append(mistake)
  }

  /// Throws where there are any.
  func check() throws(LessonError) {
    guard !all.isEmpty else { return }
    throw .mistakes(all.sorted { ($0.position?.line ?? 0) < ($1.position?.line ?? 0) })
  }

  private func indent(of line: String) -> Int {
    line.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
  }
}
