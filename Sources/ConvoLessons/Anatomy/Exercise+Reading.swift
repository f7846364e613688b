import ConvoLanguage

extension Lesson.Exercise {
  /// Reads a `try` block; `nil` where something that it can't do without is missing.
  static func read(_ block: FencedBlock, _ mistakes: inout MistakeList) -> Self? {
    let fields = FieldBlock(
      "an exercise", line: block.line, fields: block.fields(&mistakes),
      keys: ["task", "check", "hint", "solution", "after"], repeatable: ["check", "hint", "solution"], &mistakes)
    let task = fields.texts("task", isRequired: true, &mistakes).first?.text
    let checks = fields.statements("check", &mistakes)
    let hints = fields.texts("hint", &mistakes).map(\.text)
    let solution = fields.texts("solution", isRequired: true, &mistakes).map { commands($0, mistakes.source) }
    let after = fields.texts("after", &mistakes).first?.text
    guard let task, !checks.isEmpty, !solution.isEmpty else { return nil }
    return Self(
      task: task, checks: checks, hints: hints, solution: solution, after: after, line: block.line)
  }

  /// The lines of a solution: each is a command.
  private static func commands(_ entry: Field.Entry, _ source: LessonSource) -> SourceText {
    // A solution may begin in the line below its key.
    let skipped = entry.lines.prefix { $0.isEmpty }.count
    let lines = entry.lines.dropFirst(skipped)
    let place = source.place(of: lines.first ?? "", from: entry.line + skipped)
    return SourceText(
      lines.joined(separator: "\n"), file: source.file, firstLine: entry.line + skipped,
      firstColumn: place?.line == entry.line + skipped ? place?.column ?? 1 : 1)
  }
}
