import Testing

@testable import ConvoData

@Suite struct SampleOrderTests {
  /// Computed by `Fixtures/record_order.py`. These orders must never change: results would no longer repeat.
  @Test func goldenOrders() {
    let orders: [(seed: UInt64, epoch: Int, pass: Int, expected: [Int])] = [
      (0, 0, 0, [5, 2, 8, 1, 0, 7, 9, 3, 4, 6]),
      (0, 1, 0, [1, 6, 5, 0, 8, 7, 3, 2, 4, 9]),
      (0, 0, 1, [1, 7, 4, 0, 9, 2, 5, 6, 3, 8]),
      (42, 3, 2, [4, 6, 2, 8, 3, 5, 1, 9, 0, 7]),
      (.max, -1, 0, [7, 0, 4, 8, 3, 2, 1, 6, 9, 5]),
    ]
    for (seed, epoch, pass, expected) in orders {
      #expect(SampleOrder.shuffled(count: 10, seed: seed, epoch: epoch, pass: pass) == expected)
    }
    let long = SampleOrder.shuffled(count: 1027, seed: 7, epoch: 14, pass: 0)
    #expect(zip(0..., long).reduce(0) { $0 + $1.0 * $1.1 } == 268_836_617)
  }

  /// The first outputs for seed 1234567, as published for the algorithm.
  @Test func splitMix64() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(
      [random.next(), random.next(), random.next()] == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test(arguments: [0, 1, 2, 3, 1027])
  func everySampleOnce(count: Int) {
    #expect(SampleOrder.shuffled(count: count, seed: 5, epoch: 1, pass: 0).sorted() == Array(0..<count))
  }

  /// Over 6,000 seeds each of the 6 orders of three comes up 1,000 times, give or take five standard deviations
  /// of a binomial count: √(6000 · 1/6 · 5/6) = 28.9.
  @Test func allOrdersAreAsLikely() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<UInt64(6000) {
      counts[SampleOrder.shuffled(count: 3, seed: seed, epoch: 0, pass: 0), default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 145 })
  }
}
