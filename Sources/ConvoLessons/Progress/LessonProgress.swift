import ConvoStateFiles

/// How far a learner has come in a lesson: what was answered, and the commands that lead to where they are.
struct LessonProgress: Sendable, Hashable {
  struct Answer: Sendable, Hashable {
    /// The number of the choice, from 1.
    var choice: Int
    var isRight: Bool
  }

  /// Commands that were run at a step: the lesson's own, or the learner's.
  struct Run: Sendable, Hashable {
    var step: String
    var commands: String
    var isOwn: Bool
  }

  var lesson: String
  /// Of the lesson's text: where it is another, the lesson was edited.
  var hash: String
  var seed: UInt64
  /// The step's id, and its place among the steps for where no step has the id any more.
  var step = ""
  var index = 0
  /// By the question's step: the first answer, or that of the last review.
  var answers: [String: Answer] = [:]
  var solved: Set<String> = []
  var skipped: Set<String> = []
  /// How many hints were given, by exercise.
  var hints: [String: Int] = [:]
  var runs: [Run] = []
  /// Whether the end was reached once.
  var isDone = false

  /// Whether there is a step to go on from.
  var isUnderway: Bool { step != "end" && !step.isEmpty }
}

extension LessonProgress {
  /// The progress as lines that a person can read.
  var text: String {
    var lines = [
      "lesson \(lesson)", "hash \(hash)", "seed \(seed)", "at \(index) \(step)",
    ]
    lines += answers.sorted { $0.key < $1.key }.map { step, answer in
      "answer \(step) \(answer.choice) \(answer.isRight ? "right" : "wrong")"
    }
    lines += solved.sorted().map { "solved \($0)" } + skipped.sorted().map { "skipped \($0)" }
    lines += hints.sorted { $0.key < $1.key }.map { "hints \($0) \($1)" }
    lines += runs.map { "\($0.isOwn ? "typed" : "ran") \($0.step) \(OneLine.encode($0.commands))" }
    if isDone { lines.append("done") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Reads what `text` writes. Lines that make no sense are left out and counted.
  ///
  /// - Returns: `nil` where the first lines, without which the others mean nothing, are not there.
  static func read(_ bytes: some Collection<UInt8>) -> (progress: LessonProgress, unreadable: Int)? {
    var progress = LessonProgress(lesson: "", hash: "", seed: 0)
    var unreadable = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let text = String(validating: line, as: UTF8.self), progress.take(text) else {
        unreadable += 1
        continue
      }
    }
    return progress.lesson.isEmpty || progress.hash.isEmpty ? nil : (progress, unreadable)
  }

  private mutating func take(_ line: String) -> Bool {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    switch (words.first, words.count) {
    case ("lesson", 2): lesson = words[1]
    case ("hash", 2): hash = words[1]
    case ("seed", 2):
      guard let seed = UInt64(words[1]) else { return false }
      self.seed = seed
    case ("at", 3):
      guard let index = Int(words[1]), index >= 0 else { return false }
      (self.index, step) = (index, words[2])
    case ("answer", 3):
      let parts = words[2].split(separator: " ")
      guard parts.count == 2, let choice = Int(parts[0]), choice > 0, ["right", "wrong"].contains(parts[1]) else {
        return false
      }
      answers[words[1]] = Answer(choice: choice, isRight: parts[1] == "right")
    case ("solved", 2): solved.insert(words[1])
    case ("skipped", 2): skipped.insert(words[1])
    case ("hints", 3):
      guard let count = Int(words[2]), count >= 0 else { return false }
      hints[words[1]] = count
    case ("ran", 3), ("typed", 3):
      guard let commands = OneLine.decode(words[2].utf8) else { return false }
      runs.append(Run(step: words[1], commands: commands, isOwn: words[0] == "typed"))
    case ("done", 1): isDone = true
    case ("#", _): break
    default: return false
    }
    return true
  }
}
