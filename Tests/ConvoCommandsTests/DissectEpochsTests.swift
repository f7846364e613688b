import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoTraining
import Testing

/// `dissect epochs`: which epochs it names, and what it says of their images.
@Suite struct DissectEpochsTests {
  private let tiny: TinySession

  /// Pictures of noise, which can be learned by heart and tell nothing of others: loss and accuracy go up and down.
  init() throws {
    tiny = try TinySession()
    var state: UInt32 = 1
    for (part, count) in [("train", 8), ("validation", 5)] {
      for name in ["cats", "dogs"] {
        for number in 0..<count {
          let bytes = (0..<192).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
          }
          try PixelImage(height: 8, width: 8, channels: 3, bytes: bytes)
            .writePNG(to: tiny.path("\(part)/\(name)/\(number).png"))
        }
      }
    }
  }

  /// The epochs in which both rose or both fell, from the history itself.
  private func expected(
    _ history: [EpochRecord], _ loss: (EpochRecord) -> Double?, _ accuracy: (EpochRecord) -> Double?
  )
    -> [Int]
  {
    zip(history, history.dropFirst()).compactMap { before, after in
      guard let first = loss(before), let second = loss(after), let low = accuracy(before), let high = accuracy(after)
      else { return nil }
      return (second - first) * (high - low) > 0 ? after.epoch : nil
    }
  }

  @Test func theyAreThoseOfTheHistory() async throws {
    try await tiny.setUp(rate: 0.05)
    try await tiny.run("fit train epochs=30 validation_data=validation verbose=0")
    try await tiny.run("dissect epochs on validation")
    let history = try await tiny.learned.history
    let training = expected(history, { $0.loss }, { $0.accuracy })
    let validation = expected(history, { $0.valLoss }, { $0.valAccuracy })
    try #require(!validation.isEmpty)
    let epochs = Set(training + validation).sorted()
    #expect(try await tiny.series("dissect.epochs") == epochs.map(Double.init))
    #expect(try await tiny.value("dissect.against") == .number(Double(epochs.count)))
    #expect(tiny.tables[0].rows.filter { $0[1] == "training" }.map { $0[0] } == training.map(String.init))
    #expect(tiny.tables[0].rows.filter { $0[1] == "validation" }.map { $0[0] } == validation.map(String.init))

    // Each story's images add up to the change of the accuracy and of the loss.
    let stories = tiny.texts.filter { $0.contains("became right") }
    #expect(stories.count == min(3, validation.count))
    for story in stories {
      let match = try #require(
        story.firstMatch(of: /Epoch (\d+): (\d+) became right and (\d+) wrong.*changed by ([-+.e\d]+) together/))
      let epoch = try #require(Int(match.1))
      let (before, after) = (history[epoch - 2], history[epoch - 1])
      let change = try #require(after.valAccuracy) - #require(before.valAccuracy)
      let (right, wrong) = (try #require(Double(match.2)), try #require(Double(match.3)))
      #expect(abs(right - wrong - 10 * change) < 1e-9)
      let loss = try #require(after.valLoss) - #require(before.valLoss)
      #expect(abs(try #require(Double(match.4)) - 10 * loss) < 1e-3)
    }
  }

  @Test func otherImagesAreNotNamed() async throws {
    try await tiny.setUp(rate: 0.05)
    try await tiny.run("fit train epochs=30 validation_data=validation verbose=0")
    try await tiny.run("dissect epochs on train")
    #expect(tiny.texts.contains { $0.contains("the history was measured on other images") })
    #expect(!tiny.texts.contains { $0.contains("became right") })
  }

  @Test func aHistoryThatAgrees() async throws {
    try await tiny.setUp(rate: 0.001)
    try await tiny.run("fit train epochs=2 verbose=0")
    try await tiny.run("dissect epochs on validation")
    if try await tiny.series("dissect.epochs").isEmpty {
      #expect(tiny.texts.contains { $0.contains("next, none moved both in the same direction") })
    } else {
      #expect(tiny.texts.contains { $0.contains("no single image made them") })
    }
  }

  @Test func thereMustBeEpochsAndAccuracy() async throws {
    try await tiny.setUp()
    #expect(await tiny.execute("dissect epochs on train")[0].contains("has trained no epoch"))
    try await tiny.run("fit train verbose=0")
    #expect(await tiny.execute("dissect epochs on train")[0].contains("has trained one epoch"))
    try await tiny.run("reset\ncompile loss=binary_crossentropy\nfit train epochs=2 verbose=0")
    #expect(await tiny.execute("dissect epochs on train")[0].contains("compiled without accuracy"))
  }
}
