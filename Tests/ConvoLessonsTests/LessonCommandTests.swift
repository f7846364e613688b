import ConvoCommands
import ConvoKernel
import ConvoLessons
import ConvoSchema
import ConvoTestSupport
import Foundation
import Testing

/// Learning from a lesson by commands, and lessons on the command line.
@Suite struct LessonCommandTests {
  private let lessons: LessonFolder

  init() throws {
    lessons = try LessonFolder()
  }

  /// Runs commands, a cell each, and returns what is printed.
  private func play(_ commands: String..., status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let outcome = try lessons.convo("-c", commands.joined(separator: "\n"))
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome.output + outcome.errors
  }

  private static let toTheExercise = "lesson model\nnext\nanswer 1\nnext\nnext"

  @Test func cellsRunOnNextAndNotBefore() throws {
    let shown = try play("lesson model", "models")
    #expect(shown.contains("Pictures of 30 by 30") && shown.contains("  new model input=30x30x3"))
    #expect(shown.contains("There is no model yet"))
    let run = try play("lesson model", "next")
    #expect(run.contains("conv2d: 30x30x3 → 28x28x4") && run.contains("  1. Half as many rows and columns"))
  }

  @Test func eachAnswerHasItsReply() throws {
    let wrong = try play("lesson model", "next", "answer 2", "next")
    #expect(wrong.contains("✗ Look again: channels are left alone.") && wrong.contains("  add maxpooling2d 2x2"))
    #expect(try play("lesson model again=true", "next", "answer 1").contains("✓ Right: one of every two"))
    #expect(try play("lesson model again=true", "next", "answer 3", status: 1).contains("there is no choice 3"))
    #expect(try play("lesson model again=true", "answer 1", status: 1).contains("no question is open"))
    let open = try play("lesson model again=true", "next", "next")
    #expect(open.contains("A guess first") && !open.contains("max_pooling2d:"))
  }

  @Test func anExerciseIsJudgedByTheStateItLeadsTo() throws {
    let start = try play(Self.toTheExercise, "add conv2d 1 3x3", "next")
    #expect(start.contains("· output_shape is 12x12x1, wanted: 784"), "\(start)")
    #expect(start.contains("  ✗ output_shape is 12x12x1, wanted: 784\n  ✓ layers == 3"), "\(start)")
    // Another way than the solution.
    let solved = try play(
      "lesson model again=true\nnext\nanswer 1\nnext\nnext", "add dense 1; remove layer 3", "add flatten", "next")
    #expect(solved.contains("✓ That's it.\nOnly the shape is another."), "\(solved)")
    #expect(solved.contains("  add dense 1 activation=sigmoid"))
  }

  @Test func hintsComeOneByOneAndTheSolutionAfterThem() throws {
    let output = try play(Self.toTheExercise, "hint", "solution", "solution", "hint", "hint", "solution")
    let parts = [
      "Hint 1 of 2: There is a layer", "There is one hint left", "One way:\n  add flatten",
      "Hint 2 of 2: It is called flatten.", "These were all hints", "One way:",
    ]
    var rest = output[...]
    for part in parts {
      let found = try #require(rest.firstRange(of: part), "\(part) in \(output)")
      rest = rest[found.upperBound...]
    }
    #expect(try play("lesson model again=true", "hint", status: 1).contains("there is no exercise at this step"))
  }

  @Test func skipDoesWhatIsNeededLater() throws {
    let output = try play("lesson model", "skip", "skip", "skip", "add conv2d 9 3x3", "skip", "next", "summary", "list")
    #expect(!output.contains("conv2d: 30x30x3"))
    // The half solution is gone; the real one ran.
    #expect(output.contains("flatten: 14x14x4 → 784\nOnly the shape is another."))
    #expect(output.contains("flatten: 14x14x4 → 784") && output.contains("dense: 784 → 1"))
    #expect(output.contains("That was “A small model”"))
    #expect(output.filter { $0 == "\n" }.count > 10 && output.components(separatedBy: "skipped").count == 5)
    #expect(
      try play("lesson model again=true", "skip", "skip", "skip", "skip", "skip", "skip", status: 1).contains(
        "the lesson is over"))
  }

  @Test func backBringsTheSessionBackToo() throws {
    let output = try play(
      Self.toTheExercise, "add flatten", "back", "print layers", "next", "print layers", "back", "back", "back",
      "models")
    #expect(output.contains("\n1\n") && output.contains("\n2\n"))
    #expect(output.hasSuffix("There is no model yet; begin one with: new model input=300x300x3\n"))
    #expect(try play("lesson model again=true", "back", status: 1).contains("this is the first step"))
  }

  @Test func whatIsPlayedIsThrownAway() throws {
    let output = try play(
      Self.toTheExercise, "play", "add flatten", "add dense 7", "print layers", "next", "print layers")
    #expect(output.contains("\n4\n") && output.hasSuffix("\n2\n") && !output.contains("That's it"))
    #expect(!String(decoding: try Data(contentsOf: lessons.progress("model")), as: UTF8.self).contains("dense 7"))
  }

  @Test func reviewAsksAgainWhatWasWrong() throws {
    let output = try play(
      "lesson model", "next", "answer 2", "answer 1", "next", "review", "answer 2", "review", "answer 1", "review")
    #expect(output.contains("Answered wrong: 1 question\n  2. What comes out of a pooling of 2x2?"))
    #expect(output.hasSuffix("No question of this lesson is answered wrong.\n"))
  }

  @Test func leavingBringsTheOwnSessionBack() throws {
    let output = try play("new model mine input=8x8x3", "lesson model", "next", "models", "leave", "models")
    #expect(output.contains("sequential") && output.components(separatedBy: "│ → │ mine").count == 2)
    #expect(try play("leave", status: 1).contains("no lesson is open"))
  }

  /// In one process nothing has to run again.
  @Test func aLessonThatWasLeftComesBackAsItWas() throws {
    let output = try play(
      Self.toTheExercise, "add conv2d 1 3x3", "play", "add flatten", "leave", "print has_model", "lesson model",
      "print layers", "lesson fit", "lesson model", "print layers", "leave", "models")
    #expect(output.contains("false\n") && output.components(separatedBy: "\n3\n").count == 3)
    #expect(!output.contains("You were at"))
    #expect(output.hasSuffix("There is no model yet; begin one with: new model input=300x300x3\n"))
  }

  @Test func aLessonStartsWhereItsNeedsEndOrInTheSessionAsItIs() throws {
    #expect(
      try play("new model mine input=8x8x3", "lesson fit", "print layers", "leave", "print layers").contains("\n4\n"))
    let own = try play("new model mine input=8x8x3", "lesson model", "models")
    #expect(own.contains("│ → │ mine"))
  }

  @Test func anErrorLosesNothing() throws {
    let script = "lesson model\nnext\nanswer 1\nnext\nadd conv2d 1 99x99"
    #expect(try play(script, status: 1).contains("does not fit"))
    // The next process goes on at the same step.
    let output = try play("lesson model", "next")
    #expect(output.contains("You were at step 3 of 5") && output.contains("max_pooling2d: 28x28x4 → 14x14x4"))
  }

  @Test func aCellThatFailsStaysTheNextStep() throws {
    let output = try play(
      "lesson model", "next", "answer 1", "next", "remove layer 1", "add flatten", "next", status: 1)
    #expect(output.contains("these commands of the lesson failed"))
    let again = try play("lesson model", "back", "next")
    #expect(again.contains("You were at step 3 of 5") && again.contains("Half as many rows"))
  }

  @Test func explainSpeaksOfTheSessionAndLeavesItAlone() throws {
    let empty = try play("explain epoch", "models")
    #expect(empty.contains("An epoch is a round.") && empty.contains("model example: input 4x4x3"))
    #expect(empty.hasSuffix("begin one with: new model input=300x300x3\n"))
    #expect(!(try play("new model mine input=8x8x3", "explain Round").contains("example")))
    #expect(try play("explain epohc", status: 1).contains("did you mean 'epoch'?"))
    #expect(try play("explain fit", status: 1).contains("'fit' is no term but a lesson"))
    #expect(try play("explain").contains("epochs, round"))
  }

  @Test func replayNeedsNoTerminal() throws {
    let outcome = try lessons.convo("lesson", "model", "--replay")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for part in [
      "4 × 28 = 112", "→ 1\n✓ Right:", "Your turn: Lay", "  add flatten", "Only the shape", "dense: 784 → 1",
    ] {
      #expect(outcome.output.contains(part), "\(part)")
    }
    let needing = try lessons.convo("lesson", "fit", "--replay")
    #expect(needing.status == 0 && needing.output.contains("they run first, unseen: model"))
    #expect(!needing.output.contains("max_pooling2d"))
    let concept = try lessons.convo("lesson", "epoch", "--replay")
    #expect(concept.status == 0 && concept.output.contains("An epoch is a round."))
  }

  @Test func aFalseClaimFailsAReplayAtItsEnd() throws {
    try lessons.write(LessonFolder.model.replacing("4 * 28 -->", with: "4 * 27 -->"), to: "model.md")
    for arguments in [["run", "lessons/model.md"], ["lesson", "model", "--replay"]] {
      let outcome = try ConvoProcess.run(arguments, in: lessons.url)
      #expect(outcome.status == 1 && outcome.output.contains("dense: 784 → 1"))
      #expect(outcome.errors.contains("lessons/model.md:17:66: error: this claim is false: 112 == 108"))
    }
    let json = try lessons.convo("--json", "run", "lessons/model.md")
    #expect(json.events.contains { $0["event"] as? String == "error" && $0["line"] as? Int == 17 })
  }

  @Test func theListAndTheStartOnTheCommandLine() throws {
    let list = try lessons.convo("lesson", "--list")
    #expect(list.status == 0 && list.output.contains("│ model │ A small model │ 2 min │ –"), "\(list.output)")
    let begun = try lessons.convo("lesson", "model", input: "next\nanswer 1\n")
    #expect(begun.status == 0 && begun.output.contains("✓ Right"))
    #expect(try lessons.convo("lesson").output.contains("step 2 of 5"))
    #expect(try lessons.convo("lesson", "modle").errors.contains("did you mean 'model'?"))
    #expect(try lessons.convo("lesson", "--replay").status == 2)
  }

  @Test func theNamesMeanNothingElse() {
    let others = CommandCatalog.standard.topics.flatMap { [$0.name] + $0.aliases }
    for command in LessonCommands.all { #expect(!others.contains(command.schema.name)) }
  }

  @Test func theExampleOfThePageForTeachersPasses() throws {
    let page = try String(contentsOfLesson: "WRITING.md")
    let example = try #require(
      page.split(separator: "````markdown\n").dropFirst().first?.split(separator: "````").first)
    // As a teacher copies it, with nothing beside it that could help.
    let own = try LessonFolder(["pooling.md": String(example)])
    let outcome = try own.convo("check", "pooling")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: LessonCommands.all.map { $0.schema.name })
  func examplesRun(name: String) throws {
    let schema = try #require(LessonCommands.all.first { $0.schema.name == name }).schema
    #expect(!schema.examples.isEmpty)
    for example in schema.examples {
      let outcome = try LessonFolder().convo("-c", (example.after + [example.source]).joined(separator: "\n"))
      #expect(outcome.status == 0, "\(example.source)\n\(outcome.errors)")
    }
    for text in [schema.summary] + schema.parameters.map(\.help) { #expect(!text.isEmpty && !text.hasSuffix(".")) }
  }
}
