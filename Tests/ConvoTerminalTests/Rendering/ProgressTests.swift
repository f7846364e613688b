import ConvoOutput
import Testing

@testable import ConvoTerminal

@Suite struct ProgressTests {
  private static let training = Progress(
    title: "Epoch 3/15", done: 5, total: 8, seconds: 8.05, unit: "step",
    metrics: [.init("loss", 0.66231), .init("accuracy", 0.6172)])
  private static let epoch = EpochReport(
    epoch: 3, lastEpoch: 15, steps: 8, loss: 0.6932, metrics: [.init("accuracy", 0.5123)],
    valLoss: 0.6511, valMetrics: [.init("accuracy", 0.5)], images: 1024, seconds: 12.32, valSeconds: 2.1,
    learningRate: 0.001)

  @Test func aRunningEpochLooksAsInKeras() {
    #expect(
      Self.training.line.single(width: 79).text
        == "5/8 ━━━━━━━━━━━━──────── 4s 1.61s/step - loss: 0.6623 - accuracy: 0.6172")
  }

  @Test func otherWorkHasItsTitleInTheLine() {
    let checking = Progress(title: "checking images", done: 40, total: 1027, seconds: 0.5)
    #expect(checking.line.single(width: 79).text == "checking images   40/1027 ──────────────────── 12s")
    let start = Progress(title: "checking images", done: 0, total: 10, seconds: 0, unit: "image")
    #expect(start.line.single(width: 79).text == "checking images  0/10 ────────────────────")
    let odd = Progress(title: "odd", done: 3, total: 0, seconds: 1)
    #expect(odd.line.single(width: 79).text == "odd 3/0 ──────────────────── 1s")
  }

  @Test func aNarrowWindowLeavesOutWhatMattersLess() {
    func line(_ width: Int) -> String { Self.training.line.single(width: width).text }
    #expect(line(62) == "5/8 ━━━━━━──── 4s 1.61s/step - loss: 0.6623 - accuracy: 0.6172")
    #expect(line(50) == "5/8 ━━━── 4s - loss: 0.6623 - accuracy: 0.6172")
    #expect(line(40) == "5/8 4s - loss: 0.6623 - accuracy: 0.6172")
    #expect(line(30) == "5/8 ━━━── 4s - loss: 0.6623")
    #expect(line(10) == "5/8 4s")
    #expect(line(2) == "5/")
    for width in 1...100 { #expect(Self.training.line.single(width: width).width <= width, "at \(width)") }
  }

  @Test func aFinishedEpochMayTakeSeveralLines() {
    func text(_ width: Int) -> String {
      Self.epoch.line.finished(width: width).map(\.text).joined(separator: "\n")
    }
    #expect(
      text(120) == "8/8 ━━━━━━━━━━━━━━━━━━━━ 14s 1.54s/step - loss: 0.6932 - accuracy: 0.5123 - val_loss: 0.6511 "
        + "- val_accuracy: 0.5000")
    #expect(
      text(80) == """
        8/8 ━━━━━━━━━━━━━━━━━━━━ 14s 1.54s/step - loss: 0.6932 - accuracy: 0.5123
            - val_loss: 0.6511 - val_accuracy: 0.5000
        """)
    #expect(
      text(20) == """
        8/8 14s 1.54s/step
            - loss: 0.6932
            - accuracy:
            0.5123
            - val_loss:
            0.6511
            - val_accuracy:
            0.5000
        """)
    for width in 4...130 {
      #expect(Self.epoch.line.finished(width: width).allSatisfy { $0.width <= width }, "at \(width)")
    }
  }

  @Test func plainTextHasOneLineAnEpoch() {
    #expect(
      Self.epoch.plainLine == "Epoch 3/15 - 8/8 steps - 14.4s 1.54s/step - loss: 0.6932 - accuracy: 0.5123 "
        + "- val_loss: 0.6511 - val_accuracy: 0.5000")
    var bare = Self.epoch
    (bare.metrics, bare.valLoss, bare.valMetrics, bare.valSeconds) = ([], nil, [], nil)
    #expect(bare.plainLine == "Epoch 3/15 - 8/8 steps - 12.3s 1.54s/step - loss: 0.6932")
  }
}
