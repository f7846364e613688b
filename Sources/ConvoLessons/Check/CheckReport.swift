import ConvoKernel
import ConvoLanguage
import ConvoOutput

/// What became of checking one lesson.
struct CheckReport {
  /// What is counted in a lesson, in the order in which a report names it.
  enum Kind: String, CaseIterable {
    case claim, question, exercise, cell, link
  }

  var name: String
  var failures: [LocatedDiagnostic]
  var counts: [Kind: Int] = [:]
  var isComplete = true
  var seconds: Double = 0

  var passes: Bool { failures.isEmpty }

  func show(in context: CommandContext) {
    let number = passes ? counted : "\(failures.count) failure\(failures.count == 1 ? "" : "s")"
    context.emit(
      .text(
        StyledText([
          .init(passes ? "✓ " : "✗ ", passes ? .success : .warning), .init(name, .strong), .init(": \(number)"),
          .init(" (\(NumberText.fixed(seconds, 1))s)", .faint),
        ])))
    for failure in failures { context.emit(.error(failure)) }
    if !isComplete { context.say("  what stands behind the last of them was not judged", .faint) }
  }

  /// "12 claims, 1 question, 14 cells"
  private var counted: String {
    let parts = Kind.allCases.compactMap { kind in
      counts[kind].flatMap { $0 > 0 ? "\($0) \(kind.rawValue)\($0 == 1 ? "" : "s")" : nil }
    }
    return parts.isEmpty ? "nothing to check but its text" : parts.joined(separator: ", ")
  }
}
