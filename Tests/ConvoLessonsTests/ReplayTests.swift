import ConvoKernel
import ConvoLanguage
import ConvoLessons
import Testing

/// The order in which a lesson is shown, run and judged, without running anything.
@Suite struct ReplayTests {
  private let state = SessionState(settings: Settings(threads: 1))

  /// What a replay does, an entry for each action; every command succeeds and changes nothing.
  private func log(_ markdown: String, isSmall: Bool = false) throws -> [String] {
    var replay = Replay(try Lesson(markdown, file: "l.md"), isSmall: isSmall)
    var log: [String] = []
    while let action = replay.next(in: state) {
      switch action {
      case .show(let contents): log += contents.map { "show '\($0.dump)'" }
      case .run(let source): log.append("run \(source.text)")
      case .report(let mistake): log.append(mistake.short)
      }
    }
    return log
  }

  @Test func everythingInOrder() throws {
    #expect(
      try log("one\n```convo\na\n```\n```convo\nb\n```\ntwo\n```convo\nc\n```\nthree") == [
        "show 'one'", "show ''", "run a", "run b", "show ''", "show 'two'", "show ''", "run c", "show ''",
        "show 'three'",
      ])
    #expect(try log("") == [])
  }

  @Test func falseClaimsAreReportedWhereTheyStand() throws {
    let markdown =
      "one <!-- claim: 1 > 2 --> <!-- claim: 1 < 2 -->\n```convo\na\n```\n<!-- claim full: 1 + 1 == 3 -->\n<!-- claim: layers > 0 -->\n"
    let early = ["show 'one'", "show ''", "l.md:1: this claim is false: 1 > 2", "run a"]
    let late = ["l.md:6: this claim can't be judged: there is no model yet"]
    #expect(try log(markdown) == early + ["l.md:5: this claim is false: 2 == 3"] + late)
    #expect(try log(markdown, isSmall: true) == early + late)
  }

  @Test(arguments: [
    ("1 > 2 and 3 > 4", "1 > 2"), ("2 > 1 and 3 > 4", "3 > 4"), ("1 > 2 or 3 > 4", "1 > 2, and 3 > 4"),
    ("not 1 < 2", "not 1 < 2"), ("has_model", "false"), ("1 + 1 == 0.5 ± 0.25", "2 == 0.5 ± 0.25"),
    ("seed == 3", "0 == 3"),
  ])
  func bothValuesOfAFalseClaim(claim: String, values: String) throws {
    #expect(try log("<!-- claim: \(claim) -->") == ["l.md:1: this claim is false: \(values)"])
  }

  @Test func conditionsDecide() throws {
    #expect(
      try log(
        "```convo if=\"has_model\"\na\n```\n```convo if=\"not has_model\"\nb\n```\n```convo if=\"layers > 2\"\nc\n```")
        == ["run b"])
  }

  private static let question = "```predict\nquestion: Which?\n- x | no\n- y | yes\nanswer: 2\ncheck: 1 > 2\n```\n"

  @Test func aQuestionIsJudgedWhenTheNextCellHasRun() throws {
    let shown = [
      "show '[strong:? ]Which?'", "show '+5  1. x'", "show '+5  2. y'", "show '[strong:→ 2]'", "show '[success:✓ ]yes'",
    ]
    let judged = ["l.md:6: this check of answer 2 is false: 1 > 2"]
    let skipped = "```convo if=\"has_model\"\na\n```\n"
    #expect(
      try log(Self.question + skipped + "```convo\nb\n```\n```convo\nc\n```\n") == shown + ["show ''", "run b"] + judged
        + ["run c"])
    // Where no cell comes, at the end.
    #expect(try log(Self.question + "bye") == shown + ["show ''", "show 'bye'"] + judged)
  }

  @Test func anExerciseIsTriedAndSolved() throws {
    let exercise = { (check: String) in
      "```try\ntask: Do it.\ncheck: \(check)\nsolution: a\nsolution: b\nafter: Well.\n```"
    }
    let start = ["show '[strong:Your turn: ]Do it.'", "show ''"]
    let end = ["show 'Well.'"]
    #expect(
      try log(exercise("1 > 2")) == start + ["run a", "run b", "l.md:3: this check is false: 1 > 2"] + end)
    #expect(
      try log(exercise("1 < 2")) == start + [
        "l.md:3: this exercise is solved before anyone has done anything", "run a", "run b",
      ] + end)
  }
}
