import ConvoLanguage
import ConvoOutput
import Testing

@testable import ConvoTerminal

@Suite struct ReportTests {
  private func text(_ content: OutputEvent.Content, _ width: Int = 80) -> String {
    content.lines(width: width).map(\.text).joined(separator: "\n")
  }

  @Test func datasets() {
    let clean = DatasetReport(name: "train", images: 1027, classes: ["horses", "humans"], problems: [])
    #expect(
      text(.dataset(clean)) == """
        Found 1027 images belonging to 2 classes.
        class indices: horses 0, humans 1
        """)
    let bad = DatasetReport(
      name: "train", images: 1, classes: ["only"],
      problems: [
        .init(file: "only/a.png", problem: "is empty"),
        .init(file: "only/b\u{1B}.jpg", problem: "is no picture that convo can read, for its first bytes say nothing"),
      ])
    #expect(
      text(.dataset(bad), 40) == """
        Found 1 image belonging to 1 class.
        class indices: only 0
        2 files were left out:
          only/a.png: is empty
          only/b�.jpg: is no picture that convo
            can read, for its first bytes say
            nothing
        """)
    let unlabelled = DatasetReport(
      name: "test", images: 3, classes: [], problems: [.init(file: "x", problem: "is empty")])
    #expect(
      text(.dataset(unlabelled)) == """
        Found 3 images.
        1 file was left out:
          x: is empty
        """)
  }

  @Test func evaluations() {
    let report = EvaluationReport(loss: 0.34117, metrics: [.init("accuracy", 0.875)], images: 256, seconds: 2.14)
    #expect(text(.evaluation(report)) == "loss: 0.3412 - accuracy: 0.8750 - 256 images in 2.1s")
    let bare = EvaluationReport(loss: .nan, images: 1, seconds: 0)
    #expect(text(.evaluation(bare)) == "loss: nan - 1 image in 0.0s")
  }

  @Test func predictions() {
    func prediction(_ file: String, _ label: String?, _ index: Int?, _ scores: [Double]) -> String {
      text(.prediction(PredictionReport(file: file, label: label, classIndex: index, scores: scores)))
    }
    #expect(prediction("", "humans", 1, [0.931]) == "0.93 → humans (class 1)")
    #expect(prediction("photo.jpg", "horses", 0, [0.07]) == "photo.jpg: 0.07 → horses (class 0)")
    #expect(prediction("photo.jpg", "paper", 1, [0.1, 0.87, 0.03]) == "photo.jpg: 0.87 → paper (class 1)")
    #expect(prediction("photo.jpg", nil, 2, [0.1, 0.2, 0.7]) == "photo.jpg: 0.70 → class 2")
    #expect(prediction("photo.jpg", nil, nil, [3.14159]) == "photo.jpg: 3.14")
    #expect(prediction("photo.jpg", nil, nil, [1, 2]) == "photo.jpg: [1.00, 2.00]")
    #expect(prediction("photo.jpg", "far", 9, []) == "photo.jpg: far (class 9)")
  }

  @Test func mistakesPointAtTheirPlace() {
    let source = SourceText("new model\nadd conv2d 16 3x3 activatoin=relu")
    let mistake = LocatedDiagnostic(
      Diagnostic(
        code: "unknown-option", message: "there is no option 'activatoin' for add conv2d",
        help: "did you mean 'activation'?", span: Span(28, 38)), in: source)
    #expect(
      text(.error(mistake)) == """
        error: there is no option 'activatoin' for add conv2d
          2 | add conv2d 16 3x3 activatoin=relu
            |                   ^^^^^^^^^^
          help: did you mean 'activation'?
        """)
    #expect(text(.error(mistake)) == mistake.rendered)
    #expect(
      text(.error(mistake), 24) == """
        error: there is no
            option 'activatoin'
            for add conv2d
          2 | … 3x3 activatoin=r
            |       ^^^^^^^^^^
          help: did you mean
                'activation'?
        """)
  }

  @Test func theCaretCountsColumns() {
    let source = SourceText("say 日本\tümlaut x")
    let mistake = LocatedDiagnostic(
      Diagnostic(code: "x", message: "no", span: Span(11, 18)), in: SourceText(source.text, file: "a.convo"))
    #expect(
      text(.error(mistake)) == """
        a.convo:1:8: error: no
          1 | say 日本    ümlaut x
            |             ^^^^^^
        """)
    for width in 5...40 {
      let lines = OutputEvent.Content.error(mistake).lines(width: width)
      #expect(lines.allSatisfy { $0.width <= width }, "at \(width)")
    }
  }

  @Test func anInterruptionIsNoMistake() {
    let stopped = LocatedDiagnostic(
      Diagnostic(
        code: "interrupted", message: "stopped in epoch 3", help: "everything up to here is kept", span: Span(0, 3)),
      in: SourceText("fit train"))
    #expect(
      text(.error(stopped)) == """
        stopped in epoch 3
          everything up to here is kept
        """)
  }
}
