import ConvoLanguage
import ConvoOutput
import Testing

@testable import ConvoTerminal

/// The faces of text, fed with a whole story.
@Suite struct TextFaceTests {
  private static func training(_ epoch: Int, _ done: Int, loss: Double = 0.7) -> OutputEvent.Content {
    .progress(
      Progress(
        title: "Epoch \(epoch)/2", done: done, total: 4, seconds: Double(done), unit: "step",
        metrics: [.init("loss", loss)]))
  }

  private static func finished(_ epoch: Int) -> OutputEvent.Content {
    .epoch(
      EpochReport(
        epoch: epoch, lastEpoch: 2, steps: 4, loss: 0.5, valLoss: 0.6, images: 16, seconds: 4, valSeconds: 1,
        learningRate: 0.001))
  }

  private static func failure(_ code: String) -> OutputEvent.Content {
    .error(
      LocatedDiagnostic(Diagnostic(code: code, message: "stopped", span: Span(0, 3)), in: SourceText("fit train")))
  }

  private static let story: [OutputEvent.Content] = [
    .began(source: "fit train"), .progress(Progress(title: "checking images", done: 3, total: 9, seconds: 1)),
    training(1, 0), .text("3 images unseen"), training(1, 2), training(1, 4),
    .progress(Progress(title: "validating", done: 1, total: 4, seconds: 1)), finished(1), training(2, 1),
    .text("stopped in epoch 2"), failure("interrupted"), .ended(ok: false, seconds: 9),
  ]

  private func show(_ events: [OutputEvent.Content], on face: any Face) {
    for event in events { face.show(OutputEvent(cell: 1, event)) }
  }

  @Test func plainTextLeavesOutWhatMoves() {
    let (output, errors) = (MemorySink(), MemorySink())
    show(Self.story, on: PlainFace(output: output, errors: errors))
    #expect(
      output.text == """
        3 images unseen
        Epoch 1/2 - 4/4 steps - 5.0s 1.00s/step - loss: 0.5000 - val_loss: 0.6000
        stopped in epoch 2

        """)
    #expect(errors.text == "stopped\n")
  }

  @Test func aTerminalKeepsWhatIsDoneAndNothingElse() {
    let (output, errors) = (MemorySink(), MemorySink())
    show(Self.story, on: TerminalFace(output: output, errors: errors, hasColors: true, hasErrorColors: false))
    var screen = Screen(columns: 80)
    screen.feed(output.text.replacing("\n", with: "\r\n"))
    #expect(
      screen.text == """
        Epoch 1/2
        3 images unseen
        4/4 ━━━━━━━━━━━━━━━━━━━━ 5s 1.00s/step - loss: 0.5000 - val_loss: 0.6000
        Epoch 2/2
        1/4 ━━━━━─────────────── 3s 1.00s/step - loss: 0.7000
        stopped in epoch 2
        """)
    #expect(screen.cursorColumn == 0)
    #expect(errors.text == "stopped\n")
  }

  @Test func theLiveLineIsDrawnInPlace() {
    let output = MemorySink(columns: 60)
    let face = TerminalFace(output: output, errors: MemorySink(), hasColors: false, hasErrorColors: false)
    show([Self.training(1, 0), Self.training(1, 4, loss: 0.25)], on: face)
    var screen = Screen(columns: 60)
    screen.feed(output.text.replacing("\n", with: "\r\n"))
    #expect(screen.text == "Epoch 1/2\n4/4 ━━━━━━━━━━━━━━━━━━━━ 4s 1.00s/step - loss: 0.2500")
    #expect(screen.renditions.isEmpty)
  }

  @Test func aNarrowerWindowBreaksNoLine() {
    let output = MemorySink(columns: 80)
    let face = TerminalFace(output: output, errors: MemorySink(), hasColors: false, hasErrorColors: false)
    show([Self.training(1, 1)], on: face)
    output.columns = 20
    let before = output.text.count
    show([Self.training(1, 4)], on: face)
    var screen = Screen(columns: 20)
    screen.feed(String(output.text.dropFirst(before)))
    #expect(screen.lines == ["4/4 ━━━━━ 4s"])
  }

  @Test func drawingIsNotMoreFrequentThanEyesCanFollow() {
    var live = LiveLine(painter: Painter(hasColors: false))
    let start = ContinuousClock.now
    var drawings = 0
    // A thousand steps in a second.
    for step in 1..<1000 {
      let progress = Progress(title: "Epoch 1/1", done: step, total: 1000, seconds: 1, unit: "step")
      if live.update(progress, width: 80, now: start + .milliseconds(step)).contains("\r") { drawings += 1 }
    }
    #expect((10...16).contains(drawings))
    let last = Progress(title: "Epoch 1/1", done: 1000, total: 1000, seconds: 1, unit: "step")
    #expect(live.update(last, width: 80, now: start + .milliseconds(1000)).contains("1000/1000"))
  }

  @Test func anErrorLeavesTheEpochStanding() {
    var live = LiveLine(painter: Painter(hasColors: false))
    _ = live.update(
      Progress(title: "Epoch 1/1", done: 3, total: 8, seconds: 3, unit: "step"), width: 80, now: .now)
    #expect(live.close(width: 80).hasSuffix("3/8 ━━━━━━━───────────── 5s 1.00s/step\n"))
    #expect(live.close(width: 80) == "")
  }

  @Test func quietKeepsResults() {
    let (output, errors) = (MemorySink(), MemorySink())
    let evaluation = EvaluationReport(loss: 0.5, images: 3, seconds: 1)
    let dataset = DatasetReport(name: "train", images: 1, classes: [], problems: [])
    show(
      Self.story + [.dataset(dataset), .evaluation(evaluation)],
      on: QuietFace(PlainFace(output: output, errors: errors)))
    #expect(output.text == "3 images unseen\nstopped in epoch 2\nloss: 0.5000 - 3 images in 1.0s\n")
    #expect(errors.text == "stopped\n")
  }

  @Test func colorsAreChosen() {
    func allows(_ choice: ColorChoice, terminal: Bool = true, dumb: Bool = false, noColor: String? = nil) -> Bool {
      choice.allowsColors(onTerminal: terminal, isDumb: dumb, noColor: noColor)
    }
    #expect(allows(.auto))
    #expect(!allows(.auto, terminal: false))
    #expect(!allows(.auto, dumb: true))
    #expect(!allows(.auto, noColor: "1"))
    #expect(allows(.always, terminal: false, noColor: "1"))
    #expect(!allows(.never))
  }

  @Test func widthsAreChosen() {
    #expect(StandardStream.columns(window: 80, variable: nil) == 80)
    #expect(StandardStream.columns(window: 80, variable: "40") == 40)
    #expect(StandardStream.columns(window: 80, variable: "400") == 80)
    #expect(StandardStream.columns(window: 0, variable: "132") == 132)
    #expect(StandardStream.columns(window: 0, variable: "-3") == 80)
    #expect(StandardStream.columns(window: 0, variable: "wide") == 80)
  }
}
