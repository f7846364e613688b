import ConvoLanguage

extension Lesson.Question {
  /// Reads a `predict` block; `nil` where something that it can't do without is missing.
  static func read(_ block: FencedBlock, _ mistakes: inout MistakeList) -> Self? {
    let fields = FieldBlock(
      "a question", line: block.line, fields: block.fields(&mistakes), keys: ["question", "answer", "check"],
      repeatable: ["check"], &mistakes)
    let text = fields.texts("question", isRequired: true, &mistakes).first?.text
    let items = fields.first("question")?.items ?? []
    let choices = items.compactMap { choice($0, &mistakes) }
    if fields.first("question") != nil, items.count < 2 {
      mistakes.add(
        "a question has two choices or more", help: "write each under it, as in '- TEXT | REPLY'", line: block.line)
    }
    let answer = answer(fields, count: items.count, &mistakes)
    let checks = fields.statements("check", &mistakes)
    guard let text, let answer, choices.count == items.count, items.count > 1, !checks.isEmpty else { return nil }
    return Self(text: text, choices: choices, answer: answer, checks: checks, line: block.line)
  }

  private static func choice(_ item: Field.Entry, _ mistakes: inout MistakeList) -> Choice? {
    // Between blanks, so that a | in code needs no other spelling.
    let parts = item.text.split(separator: " | ", maxSplits: 1).map { String($0.trimmed) }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      mistakes.add("a choice has a reply", help: "write '- TEXT | REPLY'", line: item.line)
      return nil
    }
    return Choice(text: parts[0], reply: parts[1])
  }

  private static func answer(_ fields: FieldBlock, count: Int, _ mistakes: inout MistakeList) -> Int? {
    guard let entry = fields.texts("answer", isRequired: true, &mistakes).first else { return nil }
    guard let answer = Int(entry.text) else {
      mistakes.add(
        "the answer is the number of a choice, not '\(entry.text)'", help: "the first one is 1", line: entry.line,
        at: entry.text)
      return nil
    }
    guard (1...max(1, count)).contains(answer) else {
      mistakes.add("there is no choice \(answer)", help: "there are 1 to \(count)", line: entry.line, at: entry.text)
      return nil
    }
    return answer
  }
}
