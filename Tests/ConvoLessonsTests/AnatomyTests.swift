import ConvoLanguage
import ConvoLessons
import Testing

/// What front matter, questions, exercises and claims may look like, and what is said of those that look otherwise.
@Suite struct AnatomyTests {
  private static let head = "---\nid: a\ntitle: A\n---\n"

  @Test func frontMatter() throws {
    let lesson = try Lesson(
      """
      ---
      # Comments are fine.
      id: fit-2
      title: "Fit: #1"   # in quotes
      notes: 'Fitting the model'
      needs: [compile, data]
      minutes: 6
      also:
        - one
        - "two words"
      small:
      - 300x300 -> 30x30
      ---
      ```convo
      new model input=300x300x3
      ```
      """, file: "fit.md")
    #expect(lesson.id == "fit-2" && lesson.title == "Fit: #1")
    #expect(lesson.head.notes == "Fitting the model" && lesson.head.minutes == 6)
    #expect(lesson.head.needs == ["compile", "data"] && lesson.head.also == ["one", "two words"])
    #expect(try lesson.atSmallSize().cells.map(\.text) == ["new model input=30x30x3"])
    #expect(lesson.cells.map(\.text) == ["new model input=300x300x3"])
  }

  @Test func withoutFrontMatterTheFileNamesIt() throws {
    let lesson = try Lesson("# The *best*\n", file: "lessons/best.md")
    #expect(lesson.id == "best" && lesson.title == "The best")
  }

  @Test(arguments: [
    ("---\nid: a\n---", ["a.md:1: the front matter needs 'title'"]),
    ("---\ntitle: A\n---", ["a.md:1: the front matter needs 'id'"]),
    ("---\nid: a\ntitle: A\ntitel: B\n---", ["a.md:4: the front matter has no 'titel'"]),
    ("---\nid: a\nid: b\ntitle: A\n---", ["a.md:3: 'id' is written twice"]),
    ("---\nid: A b\ntitle: A\n---", ["a.md:2: 'A b' is no lesson's id"]),
    ("---\nid: a\ntitle: A\nneeds: [b, C!]\n---", ["a.md:4: 'C!' is no lesson's id"]),
    ("---\nid: a\ntitle: A\nneeds: [b\n---", ["a.md:4: this list has no end"]),
    (
      "---\nid: a\ntitle: \"A\n---",
      ["a.md:3: this quote is never closed, or something stands behind it", "a.md:3: 'title' is one text"]
    ),
    ("---\nid: a\ntitle: A\nminutes: six\n---", ["a.md:4: 'minutes' is a whole number, not 'six'"]),
    ("---\nid: a\ntitle: A\nhello\n---", ["a.md:4: this line has no key"]),
    ("---\n- x\nid: a\ntitle: A\n---", ["a.md:2: this item belongs to no key"]),
    (
      "---\nid: a\ntitle: A\nsmall:\n - 300x300\n---",
      ["a.md:5: 'small' has lines of the form '- TEXT -> SMALLER TEXT'"]
    ),
  ])
  func brokenFrontMatter(markdown: String, expected: [String]) {
    #expect(mistakes(in: markdown) == expected)
  }

  private static let question =
    "```predict\nquestion: Which?\n- one | no\n- two\n  or so | yes, | it is\nanswer: 2\ncheck: 1 < 2\n```"

  @Test func aQuestion() throws {
    let step = try #require(try Lesson(Self.question).steps.first)
    guard case .question(let question) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(question.text == "Which?" && question.answer == 2 && question.checks.map(\.text) == ["1 < 2"])
    #expect(question.choices.map(\.text) == ["one", "two or so"])
    #expect(question.choices.map(\.reply) == ["no", "yes, | it is"])
  }

  @Test(arguments: [
    ("answer: 2", "answer: 3", "a.md:6: there is no choice 3"),
    ("answer: 2", "answer: 0", "a.md:6: there is no choice 0"),
    ("answer: 2", "answer: two", "a.md:6: the answer is the number of a choice, not 'two'"),
    ("answer: 2\n", "", "a.md:1: a question needs 'answer'"),
    ("check: 1 < 2\n", "", "a.md:1: a question needs 'check'"),
    ("check: 1 < 2\n", "check:\n", "a.md:7: 'check' is empty"),
    ("question: Which?", "question:", "a.md:2: 'question' is empty"),
    ("1 < 2", "1 <", "a.md:7: this is no expression: a number or a name should stand here, but it ends"),
    ("- one | no", "- one", "a.md:3: a choice has a reply"),
    ("- one | no\n", "", "a.md:1: a question has two choices or more"),
    ("answer: 2", "answr: 2", "a.md:6: a question has no 'answr'"),
    ("answer: 2", "answer: 2\nhint: x", "a.md:7: a question has no 'hint'"),
    ("answer: 2", "answer: 2\nanswer: 1", "a.md:7: 'answer' is written twice"),
    ("answer: 2", "the answer", "a.md:6: this line has no key"),
    ("```predict", "```predict now", "a.md:1: nothing stands behind the block's first word"),
    ("1 < 2\n```", "1 < 2\n", "a.md:1: the block that begins here is never closed"),
  ])
  func brokenQuestions(text: String, replacement: String, mistake: String) {
    let found = mistakes(in: Self.question.replacing(text, with: replacement))
    #expect(found.first { $0 == mistake } != nil, "\(found)")
  }

  private static let exercise =
    "```try\ntask: Do\n  it.\ncheck: layers == 1\ncheck: epochs == 0\nhint: So.\nsolution: add flatten\n  add dense 1\nsolution: summary\nafter: Well.\n```"

  @Test func anExercise() throws {
    let step = try #require(try Lesson("text\n\n" + Self.exercise, file: "a.md").steps.last)
    guard case .exercise(let exercise) = step else {
      Issue.record("\(step)")
      return
    }
    #expect(exercise.task == "Do it." && exercise.hints == ["So."] && exercise.after == "Well.")
    #expect(exercise.checks.map(\.text) == ["layers == 1", "epochs == 0"])
    #expect(exercise.solution.map(\.text) == ["add flatten\nadd dense 1", "summary"])
    #expect(exercise.solution.map(\.firstLine) == [9, 11] && exercise.line == 3)
  }

  @Test(arguments: [
    ("1 < 2 and 3 < 4 and not 5 > 6", ["1 < 2", "3 < 4", "not 5 > 6"]), ("1 < 2 or 3 < 4 and 5 < 6", nil),
    ("(1 < 2 and 3 < 4) and 5 < 6", nil), ("1 < 2 and (3 < 4 or 5 < 6)", ["1 < 2", "(3 < 4 or 5 < 6)"]),
    ("activation(a) == \"x and y\" and 1 < 2", nil), ("not (1 < 2 and 3 < 4)", nil),
  ])
  func checksThatAreJoinedAreSeveral(check: String, parts: [String]?) throws {
    let step = try Lesson("```try\ntask: Do.\ncheck: \(check)\nsolution: summary\n```").steps.first
    guard case .exercise(let exercise)? = step else {
      Issue.record("no exercise")
      return
    }
    #expect(exercise.checks.map(\.text) == parts ?? [check])
  }

  @Test(arguments: [
    ("task: Do\n  it.\n", "", "a.md:1: an exercise needs 'task'"),
    ("check: layers == 1\ncheck: epochs == 0\n", "", "a.md:1: an exercise needs 'check'"),
    ("solution: add flatten\n  add dense 1\nsolution: summary\n", "", "a.md:1: an exercise needs 'solution'"),
    ("hint:", "hnt:", "a.md:6: an exercise has no 'hnt'"),
    ("after: Well.", "after: Well.\nafter: Good.", "a.md:11: 'after' is written twice"),
    ("hint: So.", "- So.", "a.md:6: 'check' has no list"),
  ])
  func brokenExercises(text: String, replacement: String, mistake: String) {
    let found = mistakes(in: Self.exercise.replacing(text, with: replacement))
    #expect(found.first { $0 == mistake } != nil, "\(found)")
  }

  @Test(arguments: [
    ("a. <!-- claim: 1 < 2 --> b <!-- other --> <!--claim full:3 < 4-->.", ["1: 1 < 2", "1 full: 3 < 4"]),
    (
      "a\n\nb.\n<!-- claim: 1 < 2 -->\n<!-- claim: 1 < 2 --> <!-- claim: 5 < 6 -->\n",
      ["4: 1 < 2", "5: 1 < 2", "5: 5 < 6"]
    ),
    ("> a <!-- claim: 1 <\n> 2 -->", ["1: 1 < 2"]),
    ("| a |\n|---|\n| 1 <!-- claim: 1 < 2 --> |\n| 2 <!-- claim: 2 < 3 --> |", ["3: 1 < 2", "4: 2 < 3"]),
    ("- a <!-- claim: 1 < 2 -->\n- b <!-- claim: 1 < 3 -->", ["1: 1 < 2", "2: 1 < 3"]),
    ("`<!-- claim: 1 < 2 -->`\n\n    <!-- claim: 1 < 2 -->", []),
  ])
  func claims(markdown: String, expected: [String]) throws {
    let claims = try Lesson(markdown).steps.flatMap { step -> [Lesson.Claim] in
      if case .prose(let prose) = step { return prose.claims }
      return []
    }
    #expect(
      claims.map { "\($0.statement.source.firstLine)\($0.isOnlyFull ? " full" : ""): \($0.statement.text)" } == expected
    )
  }

  @Test(arguments: [
    ("a <!-- claim: 1 < -->", "a.md:1: this is no expression: a number or a name should stand here, but it ends"),
    ("a\n\nb <!-- claim 1 < 2 -->", "a.md:3: a claim is written claim: EXPRESSION"),
    ("a <!-- clam: 1 < 2 -->", "a.md:1: 'clam' is nothing that a lesson knows"),
    ("a <!-- claim smal: 1 < 2 -->", "a.md:1: there is no claim 'smal'"),
    (
      "<!-- claim: 1 < 2 --> Then text.",
      "a.md:1: a line that begins with a comment is not shown, so what stands behind it is lost"
    ),
    ("a <!-- claim: 1 -- 2 == 3 -->", "a.md:1: this claim would be shown"),
    ("a\n\n<!-- claim: 1 < 2\n\nb", "a.md:3: this comment is never closed"),
  ])
  func brokenClaims(markdown: String, mistake: String) {
    #expect(mistakes(in: markdown) == [mistake])
  }

  @Test func everyMistakeIsFound() {
    let found = mistakes(
      in: "---\nid: a\n---\n<!-- claim: x > -->\n\n```convo now\nsummary\n```\n\n"
        + Self.question.replacing("answer: 2", with: "answer: 9"))
    #expect(
      found == [
        "a.md:1: the front matter needs 'title'",
        "a.md:4: this is no expression: a number or a name should stand here, but it ends",
        "a.md:6: a cell has no 'now'", "a.md:15: there is no choice 9",
      ])
  }

  @Test(arguments: [
    ("if=\"not has_model\"", "not has_model"), ("if='1 < 2'", "1 < 2"),
    ("  if=\"activation(a) == 'x'\"  ", "activation(a) == 'x'"),
  ])
  func conditions(info: String, condition: String) throws {
    guard case .cell(let cell)? = try Lesson("```convo \(info)\nsummary\n```").steps.first else {
      Issue.record("no cell")
      return
    }
    #expect(cell.condition?.text == condition)
  }

  @Test(arguments: ["if=", "if=\"\"", "if=\"1 < 2", "iff=\"1 < 2\"", "if=\"1 <\""])
  func brokenConditions(info: String) {
    #expect(mistakes(in: "```convo \(info)\nsummary\n```").count == 1)
  }

  @Test func aReplacementThatReplacesNothingIsAMistake() throws {
    let lesson = try Lesson(
      "---\nid: a\ntitle: A\nsmall:\n- x -> y\n- summ -> s\n---\n```convo\nsummary\n```", file: "a.md")
    #expect(throws: LessonError.self) { try lesson.atSmallSize() }
  }

  /// Whatever stands in a file, it is read or refused, and never a crash.
  @Test func damagedLessonsAreReadOrRefused() throws {
    let whole =
      Self.head + "text <!-- claim: 1 < 2 -->\n" + Self.question + "\n" + Self.exercise
      + "\n```convo if=\"1 < 2\"\nsummary\n```\n"
    var random = Minstd(state: 7)
    for _ in 0..<2000 {
      var characters = Array(whole)
      for _ in 0..<Int.random(in: 1...4, using: &random) where !characters.isEmpty {
        let place = Int.random(in: 0..<characters.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: characters.remove(at: place)
        case 1: characters.insert(characters[Int.random(in: 0..<characters.count, using: &random)], at: place)
        default: characters.removeLast(characters.count - max(1, place))
        }
      }
      _ = try? Lesson(String(characters)).atSmallSize()
    }
  }
}

/// Park and Miller's generator: the same damage in every run.
private struct Minstd: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    var bits: UInt64 = 0
    for _ in 0..<3 {
      state = state * 48271 % 2_147_483_647
      bits = bits << 24 ^ state
    }
    return bits
  }
}
