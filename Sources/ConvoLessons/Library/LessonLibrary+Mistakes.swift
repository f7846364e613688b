import ConvoLanguage

extension LessonLibrary {
  /// What is wrong with a lesson among the others: no front matter, an id or another name that is taken, a need that
  /// does not exist or leads in a circle.
  func mistakes(of lesson: Lesson) -> [LocatedDiagnostic] {
    var mistakes: [LocatedDiagnostic] = []
    func add(_ message: String, help: String, line: Int, _ text: String) {
      mistakes.append(
        LocatedDiagnostic(
          Diagnostic(code: "lesson", message: message, help: help, span: Span(0, text.utf8.count)),
          in: SourceText(text, file: lesson.file, firstLine: line)))
    }
    if !lesson.head.isWritten {
      add(
        "a lesson begins with front matter", help: "write ---, id: NAME, title: TEXT and ---, each in a line", line: 1,
        "")
    }
    let isConcept = concepts.contains { $0.file == lesson.file }
    let others = (isConcept ? concepts : lessons).filter { $0.file != lesson.file }
    let names = [("id", [lesson.id])] + (isConcept ? [("also", lesson.head.also)] : [])
    for (key, names) in names {
      for name in names {
        let taken = others.first { other in other.id == name || isConcept && other.head.also.contains(name) }
        guard let taken else { continue }
        add(
          "'\(name)' is the name of \(taken.file ?? "another lesson") too", help: "give one of them another name",
          line: lesson.head.lines[key] ?? 1, name)
      }
    }
    do throws(LessonError) {
      _ = try lessons(before: lesson)
    } catch {
      mistakes += error.diagnostics
    }
    return mistakes
  }
}
