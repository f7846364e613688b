import ConvoKernel
import ConvoLanguage
import ConvoOutput

extension Lesson.Step {
  /// What it is called, in lists and in progress files.
  var kind: String {
    switch self {
    case .prose: "text"
    case .cell: "cell"
    case .question: "question"
    case .exercise: "exercise"
    }
  }

  /// What tells it from others of its kind.
  fileprivate var content: String {
    switch self {
    case .prose: ""
    case .cell(let cell): cell.source.text
    case .question(let question): question.text + question.choices.map(\.text).joined()
    case .exercise(let exercise): exercise.task
    }
  }

  /// Its first words.
  var gist: String {
    switch self {
    case .prose: ""
    case .cell(let cell): Self.shortened(cell.source.text.split(separator: "\n").first ?? "")
    case .question(let question): Self.shortened(Self.plain(question.text))
    case .exercise(let exercise): Self.shortened(Self.plain(exercise.task))
    }
  }

  private static func plain(_ markdown: String) -> Substring {
    guard case .text(let text)? = Presentation.prose(markdown).first else { return "" }
    return text.plain[...]
  }

  private static func shortened(_ text: Substring) -> String {
    text.count > 60 ? text.prefix(59).trimmed + "…" : String(text)
  }
}

extension Lesson {
  /// Names of the steps that outlive changes elsewhere in the lesson: the kind, and a hash of what is in it.
  var stepIDs: [String] {
    var seen: [String: Int] = [:]
    return steps.map { step in
      let id = step.kind + "-" + Fingerprint.of(step.content).prefix(8)
      seen[id, default: 0] += 1
      let count = seen[id] ?? 1
      return count > 1 ? "\(id)-\(count)" : id
    }
  }

  /// Whether the learner comes to a halt at a step, in a session as it is when it is reached.
  func isStop(_ index: Int, in state: SessionState) -> Bool {
    switch steps[index] {
    case .prose: false
    case .cell(let cell): cell.isRun(in: state)
    case .question, .exercise: true
    }
  }

  /// The first stop from a step on; behind the last step where there is none any more.
  func stop(from index: Int, in state: SessionState) -> Int {
    (index..<steps.count).first { isStop($0, in: state) } ?? steps.count
  }

  /// How many stops there are, if every cell runs.
  var stopCount: Int {
    steps.count { if case .prose = $0 { false } else { true } }
  }

  /// The number of a stop, from 1.
  func number(of stop: Int) -> Int {
    steps.prefix(stop).count { if case .prose = $0 { false } else { true } } + 1
  }

  /// All that is read before a stop is reached, from the stop before it on.
  func prose(before stop: Int, in state: SessionState) -> [OutputEvent.Content] {
    var parts: [[OutputEvent.Content]] = []
    for index in (0..<min(stop, steps.count)).reversed() {
      if isStop(index, in: state) { break }
      if case .prose(let prose) = steps[index], !prose.contents.isEmpty { parts.append(prose.contents) }
    }
    return Array(parts.reversed().joined(separator: [.text("")]))
  }
}
