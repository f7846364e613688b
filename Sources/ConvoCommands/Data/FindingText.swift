import ConvoData
import ConvoOutput

extension Finding {
  /// How many files are named; the others are counted.
  private static let mostPlaces = 3

  /// The finding as a person reads it: what, where, what to do.
  var text: StyledText {
    var runs = [StyledText.Run("\(severity.word): ", severity.style), StyledText.Run(what, .strong)]
    if !places.isEmpty {
      let named = places.prefix(Self.mostPlaces).map(\.text).joined(separator: "; ")
      let rest = places.count - Self.mostPlaces
      runs.append(StyledText.Run("\n  " + named + (rest > 0 ? "; and \(NumberText.grouped(rest)) more" : "")))
    }
    runs.append(StyledText.Run("\n  → " + advice, .faint))
    return StyledText(runs, hangingIndent: 4)
  }

  /// For programs: every file with what is the matter with it; what concerns the whole has the directory for a file.
  func problems(in directory: String) -> [DatasetReport.Problem] {
    guard !places.isEmpty else { return [.init(file: directory, problem: what)] }
    return places.map { .init(file: $0.file, problem: $0.detail ?? what) }
  }
}

extension Finding.Place {
  fileprivate var text: String {
    FileNameText.oneLine(file) + (detail.map { ": " + FileNameText.oneLine($0) } ?? "")
  }
}

extension Finding.Severity {
  fileprivate var word: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .serious: "serious"
    }
  }

  fileprivate var style: StyledText.Style {
    switch self {
    case .note: .faint
    case .warning, .serious: .warning
    }
  }
}

extension Examination {
  /// One line: whether the data set is healthy, and where to read more. Notes alone leave it healthy.
  func verdict(of name: String) -> StyledText {
    let serious = findings.count { $0.severity == .serious }
    let warnings = findings.count { $0.severity == .warning }
    let notes = findings.count - serious - warnings
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    guard serious + warnings > 0 else {
      let more = notes == 0 ? "" : " (\(counted(notes, "note")): inspect \(name))"
      return StyledText("\(name) is healthy\(more)", .faint)
    }
    let count = counted(serious + warnings, "finding") + (serious == 0 ? "" : ", \(serious) serious")
    return StyledText("\(name) has \(count): inspect \(name)", .warning)
  }
}
