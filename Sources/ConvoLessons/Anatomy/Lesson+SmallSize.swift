import ConvoLanguage

extension Lesson {
  /// The lesson with small pictures, as its front matter has it: other texts in its cells, solutions and checks.
  ///
  /// - Throws: `LessonError.mistakes` where nothing in the lesson reads as a replacement wants it, or a check that was
  ///   an expression is none any more.
  public func atSmallSize() throws(LessonError) -> Lesson {
    guard !head.replacements.isEmpty else { return self }
    var shrinking = Shrinking(replacements: head.replacements)
    var lesson = self
    lesson.steps = steps.map { shrinking.step($0) }
    let unused = head.replacements.filter { !shrinking.used.contains($0) }
    let mistakes =
      shrinking.mistakes
      + unused.map { replacement in
        LocatedDiagnostic(
          Diagnostic(
            code: "lesson", message: "no cell, solution or check reads '\(replacement.text)'",
            help: "correct the line under 'small', or leave it out", span: Span(0, replacement.text.utf8.count)),
          in: SourceText(replacement.text, file: file, firstLine: replacement.line))
      }
    guard mistakes.isEmpty else { throw .mistakes(mistakes) }
    return lesson
  }
}

/// Makes the replacements, one after the other.
private struct Shrinking {
  let replacements: [LessonHead.Replacement]
  private(set) var used: Set<LessonHead.Replacement> = []
  private(set) var mistakes: [LocatedDiagnostic] = []

  init(replacements: [LessonHead.Replacement]) {
    self.replacements = replacements
  }

  mutating func step(_ step: Lesson.Step) -> Lesson.Step {
    switch step {
    case .prose: return step
    case .cell(var cell):
      cell.source = source(cell.source)
      cell.condition = cell.condition.flatMap { statement($0) }
      return .cell(cell)
    case .question(var question):
      question.checks = question.checks.compactMap { statement($0) }
      return .question(question)
    case .exercise(var exercise):
      exercise.solution = exercise.solution.map { source($0) }
      exercise.checks = exercise.checks.compactMap { statement($0) }
      return .exercise(exercise)
    }
  }

  private mutating func source(_ source: SourceText) -> SourceText {
    var text = source.text
    for replacement in replacements where text.contains(replacement.text) {
      text = text.replacing(replacement.text, with: replacement.replacement)
      used.insert(replacement)
    }
    return SourceText(text, file: source.file, firstLine: source.firstLine, firstColumn: source.firstColumn)
  }

  private mutating func statement(_ statement: Statement) -> Statement? {
    let text = source(statement.source)
    do {
      return try Statement(text)
    } catch {
      mistakes.append(
        LocatedDiagnostic(
          Diagnostic(
            code: "lesson", message: "with small pictures this is no expression: \(error.message)", help: error.help,
            span: Span(0, text.text.utf8.count)), in: text))
      return nil
    }
  }
}
