import Testing

@testable import ConvoData

@Suite struct SampleBatchesTests {
  private func batches(_ count: Int, by size: Int, from step: Int = 0) -> SampleBatches {
    SampleBatches(count: count, batchSize: size, from: step) { pass in (0..<count).map { ($0 + pass % count) % count } }
  }

  /// 1,027 pictures by 128: eight full batches, one of three, and the next pass begins with a full one.
  @Test func lastBatchOfAPassIsShort() {
    #expect(
      batches(1027, by: 128).prefix(11).map(\.indices.count) == [128, 128, 128, 128, 128, 128, 128, 128, 3, 128, 128])
    #expect(SampleBatches.stepsPerPass(count: 1027, batchSize: 128) == 9)
    #expect(SampleBatches.stepsPerPass(count: 1024, batchSize: 128) == 8)
  }

  @Test func batchesAreSlicesOfThePassesOrders() {
    #expect(batches(5, by: 2).prefix(5).map(\.indices) == [[0, 1], [2, 3], [4], [1, 2], [3, 4]])
    #expect(batches(5, by: 2).prefix(5).map(\.pass) == [0, 0, 0, 1, 1])
  }

  @Test(arguments: 0..<8)
  func startingLaterSkips(step: Int) {
    #expect(Array(batches(5, by: 2, from: step).prefix(4)) == Array(batches(5, by: 2).prefix(step + 4).dropFirst(step)))
  }

  @Test func hugeBatchesHoldEverything() {
    #expect(batches(3, by: .max).prefix(2).map(\.indices) == [[0, 1, 2], [1, 2, 0]])
    #expect(batches(3, by: 2, from: .max - 1).prefix(5).map(\.indices.count) == [2, 1, 2, 1, 2])
  }

  @Test func nothingHasNoBatches() {
    #expect(Array(batches(0, by: 2)) == [])
  }
}
