import ConvoTestSupport
import Foundation
import Testing

/// What `convo check` says of lessons that are right, and of lessons that are wrong in one way each.
@Suite struct CheckTests {
  @Test func goodLessonsPass() throws {
    let lessons = try LessonFolder()
    for arguments in [["check"], ["check", "--small"], ["check", "model", "lessons/fit.md", "epochs"]] {
      let outcome = try ConvoProcess.run(arguments, in: lessons.url)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.contains("✓ model: 2 claims, 1 question, 1 exercise, 3 cells, 1 link"))
      #expect(outcome.output.contains("✓ fit: 1 claim, 1 cell") && outcome.output.contains("✓ epoch: 1 claim, 1 cell"))
    }
  }

  /// Text of the lesson, what it becomes, and what is said of it.
  @Test(arguments: [
    ("4 * 28 -->", "4 * 27 -->", "lessons/model.md:17:66: error: this claim is false: 112 == 108"),
    (
      "parameters == 4", "paramters == 4",
      "lessons/model.md:17:66: error: this claim can't be judged: nothing here is called 'paramters'"
    ),
    ("check: layers == 3", "check: layers == 4", "lessons/model.md:39:8: error: this check is false: 3 == 4"),
    (
      "check: output_shape == 784\ncheck: layers == 3", "check: layers == 2",
      "lessons/model.md:38:8: error: this exercise is solved before"
    ),
    (
      "solution: add flatten", "solution: add flatten 3",
      "lessons/model.md:42:23: error: add flatten has no place for this"
    ),
    (
      "solution: add flatten", "solution: add maxpooling2d 99x99",
      "lessons/model.md:42:15: error: maxpooling2d does not fit"
    ),
    ("28x28x4\n", "27x28x4\n", "lessons/model.md:25:8: error: this check of answer 1 is false: 28x28x4 == 27x28x4"),
    ("answer: 1", "answer: 4", "lessons/model.md:23:9: error: there is no choice 4"),
    (
      "#the-exercise", "#the-exercse",
      "lessons/model.md:32:20: error: this link leads nowhere: there is no heading '#the-exercse'"
    ),
    ("#the-exercise", "conv.md", "lessons/model.md:32:20: error: this link leads nowhere: there is no file 'conv.md'"),
    ("#the-exercise", "fit.md#nope", "this link leads nowhere: there is no heading '#nope'"),
    ("add maxpooling2d 2x2", "add maxpooling2d 99x99", "lessons/model.md:29:5: error: maxpooling2d does not fit"),
    ("add maxpooling2d 2x2", "add maxpoling2d 2x2", "lessons/model.md:29:5: error: layer must be"),
    ("minutes: 2", "needs: [modle]", "lessons/model.md:4:1: error: there is no lesson 'modle'"),
    (
      "minutes: 2", "needs: [fit]",
      "lessons/fit.md:4:1: error: the lessons need each other in a circle: model → fit → model"
    ),
    ("minutes: 2", "minutes: two", "lessons/model.md:4:10: error: 'minutes' is a whole number"),
    ("id: model", "id: fit", "lessons/model.md:2:1: error: 'fit' is the name of lessons/fit.md too"),
    (
      "---\nid: model\ntitle: A small model\nminutes: 2\n", "\n\n\n\n",
      "lessons/model.md:1:1: error: a lesson begins with front matter"
    ),
  ])
  func eachMistakeIsNamedWithItsLine(text: String, replacement: String, message: String) throws {
    #expect(LessonFolder.model.contains(text))
    var broken = LessonFolder.model.replacing(text, with: replacement)
    if replacement.hasPrefix("\n") { broken = broken.replacing(#/small:\n(- .*\n)*---\n/#, with: "\n\n\n\n\n") }
    let lessons = try LessonFolder(["model.md": broken])
    let outcome = try lessons.convo("check", "lessons/model.md")
    #expect(outcome.status == 1 && outcome.output.contains("✗ "), "\(outcome.output)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.contains("the lesson does not pass"))
  }

  @Test func theHelpNamesTheNearestSpelling() throws {
    let lessons = try LessonFolder(["model.md": LessonFolder.model.replacing("#the-exercise", with: "#the-exercse")])
    #expect(try lessons.convo("check", "model").errors.contains("help: did you mean '#the-exercise'?"))
  }

  @Test func allFailuresAreListedNotOnlyTheFirst() throws {
    let broken = LessonFolder.model.replacing("4 * 28 -->", with: "4 * 27 -->")
      .replacing("layers == 3", with: "layers == 4").replacing("output_shape == 1 -", with: "output_shape == 2 -")
    let lessons = try LessonFolder(["model.md": broken])
    let outcome = try lessons.convo("check")
    #expect(outcome.status == 1 && outcome.output.contains("✗ model: 3 failures"))
    for line in ["17:66", "39:8", "52:36"] {
      #expect(outcome.errors.contains("lessons/model.md:\(line): error: "), "\(line)")
    }
    #expect(outcome.errors.contains("1 of 3 lessons do not pass"))
    // What needs it starts from it all the same: its commands are in order.
    #expect(outcome.output.contains("✓ fit"))
  }

  @Test func whatALessonNeedsHasToRun() throws {
    let broken = LessonFolder.model.replacing("add maxpooling2d 2x2", with: "add maxpooling2d 99x99")
    let lessons = try LessonFolder(["model.md": broken])
    let outcome = try lessons.convo("check", "fit")
    #expect(outcome.status == 1 && outcome.output.contains("✗ fit"))
    #expect(outcome.errors.contains("lessons/model.md:29:5: error: maxpooling2d does not fit"))
  }

  @Test func smallSizeHasItsOwnNumbersAndLeavesOutClaimsOfTheFullOne() throws {
    let lessons = try LessonFolder([
      "model.md": LessonFolder.model.replacing(
        "claim: output_shape == 1 ", with: "claim full: input_shape == 30x30x3 ")
    ])
    #expect(try lessons.convo("check", "--small", "model").status == 0)
    #expect(try lessons.convo("check", "model").status == 0)
    try lessons.write(
      LessonFolder.model.replacing("claim: output_shape == 1 ", with: "claim: input_shape == 30x30x3 "), to: "model.md")
    let outcome = try lessons.convo("check", "--small", "model")
    #expect(outcome.status == 1 && outcome.errors.contains("this claim is false: 20x20x3 == 30x30x3"))
  }

  @Test func aConceptIsCheckedWithAModelAndWithout() throws {
    // Holds in an empty session only.
    let concept = "---\nid: epoch\ntitle: E\n---\ntext <!-- claim: not has_model -->\n"
    let lessons = try LessonFolder(["concepts/epoch.md": concept])
    let outcome = try lessons.convo("check", "epoch")
    #expect(outcome.status == 1 && outcome.errors.contains("lessons/concepts/epoch.md:5:"), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["check", "modl"], "there is no lesson 'modl'"), (["check", "none.md"], "there is no file 'none.md'"),
    (["check", "."], "there is no lesson '.'"),
  ])
  func whatIsNoLesson(arguments: [String], message: String) throws {
    let lessons = try LessonFolder()
    let outcome = try ConvoProcess.run(arguments, in: lessons.url)
    #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func lessonsThatAreNotFound() throws {
    let lessons = try LessonFolder()
    let outcome = try ConvoProcess.run(["check"], in: lessons.url, environment: ["CONVO_LESSONS": "elsewhere"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("CONVO_LESSONS names 'elsewhere', where there are no lessons"))
    let elsewhere = try TemporaryFolder()
    #expect(
      try ConvoProcess.run(
        ["-c", "lessons"], in: elsewhere.url, environment: ["CONVO_LESSONS": lessons.url.path + "/lessons"]
      ).output.contains("A small model"))
  }
}
