import ConvoStateFiles
import ConvoTestSupport
import Foundation
import Testing

@testable import ConvoLessons

/// Progress that outlives processes, damage to its file, and changes of the lesson.
@Suite struct ProgressTests {
  private let lessons: LessonFolder

  init() throws {
    lessons = try LessonFolder()
  }

  private func play(_ commands: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let outcome = try lessons.convo("-c", commands.joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome.output + outcome.errors
  }

  private var saved: String {
    get throws { String(decoding: try Data(contentsOf: lessons.progress("model")), as: UTF8.self) }
  }

  private func save(_ text: String) throws {
    try Data(text.utf8).write(to: lessons.progress("model"))
  }

  @Test func everyStepIsSavedAsTextWithItsCommands() throws {
    _ = try play("lesson model", "next", "answer 2", "next", "next", "add dense 3", "hint")
    let lines = try saved.split(separator: "\n").map { line in
      line.replacing(#/-[0-9a-f]{8}/#, with: "").replacing(#/hash \w{16}/#, with: "hash")
    }
    #expect(
      lines == [
        "lesson model", "hash", "seed 0", "at 6 exercise", "answer question 2 wrong", "hints exercise 1",
        "ran cell new model input=30x30x3\\nadd conv2d 4 3x3 activation=relu", "ran cell add maxpooling2d 2x2",
        "typed exercise add dense 3",
      ])
  }

  @Test func theSessionComesBackWithWhatWasTyped() throws {
    _ = try play("lesson model", "next", "answer 1", "next", "add conv2d 2 5x5", "next", "remove layer 2", "hint")
    let output = try play("lesson model", "summary", "hint", "list")
    #expect(output.contains("You were at step 4 of 5"))
    // The convolution was typed and removed, the pooling stayed.
    #expect(output.contains("max_pooling2d") && !output.contains("conv2d_1"))
    #expect(output.contains("Hint 2 of 2") && output.contains("✓ right"))
  }

  @Test func theSeedComesBackToo() throws {
    _ = try lessons.convo("--seed", "7", "-c", "lesson model\nnext")
    #expect(try saved.contains("seed 7\n"))
    #expect(try play("lesson model", "print seed", "leave", "print seed").contains("\n7\n"))
    #expect(try play("lesson model again=true", "print seed").hasSuffix("\n0\n"))
  }

  @Test func whatIsDoneBeginsAnewAndStaysDone() throws {
    let end = "lesson model\nskip\nskip\nskip\nskip\nskip"
    #expect(try play(end, "lessons").contains("│ done"))
    let again = try play("lesson model", "lessons")
    #expect(again.contains("Pictures of 30 by 30") && again.contains("done; again at step 1 of 5"))
  }

  @Test func aFailureAtTheStepIsNoFailureOfTheLesson() throws {
    let failing = try lessons.convo("-c", "lesson model\nnext\nanswer 1\nnext\nnext\nadd dense 3; add conv2d 1 99x99")
    #expect(failing.status == 1)
    // The first of the two commands took effect, and does again.
    #expect(try play("lesson model", "print layers").hasSuffix("\n3\n"))
  }

  @Test(arguments: [
    // Elsewhere: the step is the same.
    ("4 × 28 = 112 parameters", "112 parameters", "Your step is still there", "step 4 of 5"),
    // A cell in front of it that is new, and runs.
    (
      "See [the exercise]", "```convo\nadd dense 2\nremove layer 3\n```\n\nSee [the exercise]",
      "Your step is still there", "step 5 of 6"
    ),
    // The step itself.
    ("Lay the numbers out in a row.", "Make a row.", "Your step is gone; here is the one in its place", "step 4 of 5"),
    // All behind the first cell is gone: what is in its place is the end.
    ("```predict", "<!--\n```predict", "Your step is gone", "step 1 of 1"),
  ])
  func anEditedLessonStartsAtTheNearestStep(text: String, replacement: String, message: String, step: String) throws {
    _ = try play("lesson model", "next", "answer 1", "next", "next")
    var edited = LessonFolder.model.replacing(text, with: replacement)
    if replacement.hasPrefix("<!--") { edited = edited.split(separator: "<!--\n```predict")[0] + "\nThe end.\n" }
    try lessons.write(edited, to: "model.md")
    let output = try play("lesson model", "print layers")
    #expect(output.contains("This lesson was edited since you were here. \(message)"), "\(output)")
    #expect(output.contains("You were at \(step)"), "\(output)")
    #expect(output.hasSuffix(step == "step 1 of 1" ? "\n1\n" : "\n2\n"))
  }

  @Test func aLessonThatDoesNotRunAnyMoreLosesNothing() throws {
    _ = try play("lesson model", "next", "answer 1", "next", "next")
    let before = try saved
    let edited = LessonFolder.model.replacing("conv2d 4 3x3", with: "conv2d 4 99x99")
    try lessons.write(edited, to: "model.md")
    let output = try play("lesson model")
    #expect(output.contains("This does not run any more") && output.contains("new model input=30x30x3"))
    #expect(try saved == before)
    try lessons.write(LessonFolder.model, to: "model.md")
    #expect(try play("lesson model").contains("step 4 of 5"))
  }

  @Test(arguments: [
    ("", nil), ("\n\n", nil), ("hello\n", "makes no sense; the lesson starts from its beginning"),
    ("\u{0}\u{1}binary", "makes no sense"),
  ])
  func aFileThatIsNoProgressIsPutAside(text: String, warning: String?) throws {
    _ = try play("lesson model", "next")
    try save(text)
    let output = try play("lesson model", "next")
    #expect(output.contains("Pictures of 30 by 30") && output.contains("conv2d: 30x30x3"))
    #expect(warning.map(output.inOneLine.contains) ?? !output.contains("sense"))
    #expect(try saved.hasPrefix("lesson model\n"))
  }

  @Test func brokenLinesAreLeftOut() throws {
    _ = try play("lesson model", "next", "answer 1")
    try save(
      saved + "answer question-1 x\nhints e -1\nran\nat here\n\u{7F}\nanswer q 99999999999999999999 right\n# mine\n")
    let output = try play("lesson model", "next")
    #expect(output.contains("6 lines of ") && output.inOneLine.contains("make no sense and were left out"), "\(output)")
    #expect(output.contains("add maxpooling2d 2x2"))
  }

  /// Whatever stands in the file, the lesson opens.
  @Test func anyDamageIsSurvived() throws {
    _ = try play("lesson model", "next", "answer 2", "next", "next", "add dense 3", "hint")
    let whole = Array(try saved.utf8)
    for round in 0..<400 {
      var bytes = whole
      for index in 0..<3 {
        let place = (round * 7919 + index * 104_729) % bytes.count
        if round % 3 == 0 { bytes[place] = UInt8(truncatingIfNeeded: round &* 31 &+ index) }
        if round % 3 == 1 { bytes.remove(at: place) }
        if round % 3 == 2 { bytes = Array(bytes.prefix(place + 1)) }
      }
      guard let (progress, _) = LessonProgress.read(bytes) else { continue }
      #expect(LessonProgress.read(Array(progress.text.utf8))?.progress == progress)
    }
    for count in stride(from: 0, through: whole.count, by: 29) {
      try Data(whole.prefix(count)).write(to: lessons.progress("model"))
      _ = try play("lesson model", "list")
    }
  }

  @Test func twoAtOnceWriteWholeFiles() async throws {
    let path = lessons.progress("model").path
    let file = ProgressFile(path: path)
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          var progress = LessonProgress(lesson: "model", hash: "\(writer)", seed: UInt64(writer))
          progress.runs = (0..<200).map { .init(step: "cell-\(writer)", commands: "add dense \($0)", isOwn: true) }
          for _ in 0..<50 { try? file.save(progress) }
        }
      }
      for _ in 0..<200 {
        let (progress, warning) = file.load()
        #expect(
          warning == nil
            && (progress == nil || progress?.runs.count == 200 && progress?.hash == String(progress?.seed ?? 9)))
      }
    }
  }

  @Test func withoutAPlaceToSaveTheLessonGoesOn() throws {
    try FileManager.default.createDirectory(
      at: lessons.progress("model"), withIntermediateDirectories: true)
    let output = try play("lesson model", "next")
    #expect(output.inOneLine.contains("can't be written") && output.contains("conv2d: 30x30x3"))
  }
}

extension String {
  /// With each line break, and the blanks around it, as one blank.
  fileprivate var inOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
