import ConvoLanguage
import ConvoLessons
import ConvoOutput

extension Lesson {
  /// The steps as text: prose line by line, with its styles, and cells as `convo@LINE|text`.
  var dump: String {
    steps.map { step in
      switch step {
      case .prose(let prose): prose.contents.map(\.dump).joined(separator: "\n")
      case .cell(let cell): "convo@\(cell.source.firstLine)|\(cell.source.text)"
      case .question(let question): "predict@\(question.line)|\(question.text)"
      case .exercise(let exercise): "try@\(exercise.line)|\(exercise.task)"
      }
    }.joined(separator: "\n")
  }
}

extension OutputEvent.Content {
  /// A text with its styles as `[style:…]`, `+N` in front where lines after the first are moved to the right, and `=`
  /// where they may not be broken; a table with `>` at columns aligned to the right.
  var dump: String {
    switch self {
    case .text(let text):
      (text.hangingIndent > 0 ? "+\(text.hangingIndent)" : "") + (text.mayWrap ? "" : "=")
        + text.runs.map { $0.style == .plain ? $0.text : "[\($0.style):\($0.text)]" }.joined()
    case .table(let table):
      ([table.columns.map { ($0.alignment == .right ? ">" : "") + $0.title }] + table.rows)
        .map { "|" + $0.joined(separator: "|") + "|" }.joined(separator: "\n")
    case .began, .chart, .image, .dataset, .summary, .progress, .batch, .epoch, .evaluation, .prediction, .error,
      .ended:
      "\(self)"
    }
  }
}

/// What is wrong with a lesson, as `FILE:LINE: what is wrong`.
func mistakes(in markdown: String, file: String = "a.md") -> [String] {
  do throws(LessonError) {
    _ = try Lesson(markdown, file: file)
    return []
  } catch {
    return error.diagnostics.map(\.short)
  }
}

extension LocatedDiagnostic {
  var short: String { "\(file ?? "-"):\(position?.line ?? 0): \(diagnostic.message)" }
}
