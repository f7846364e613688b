import Testing

@testable import ConvoData

@Suite struct SimilarityTests {
  /// Insert, delete, replace, swap: one each.
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("train", "trian", 1), ("cats", "cat", 1), ("cat", "cut", 1), ("ab", "ba", 1),
  ])
  func distances(first: String, second: String, distance: Int) {
    #expect(Similarity.distance(Array(first), Array(second)) == distance)
    #expect(Similarity.distance(Array(second), Array(first)) == distance)
  }

  @Test func nearest() {
    #expect(Similarity.nearest(to: "Valdiation", among: ["train", "validation", "test"]) == "validation")
    #expect(Similarity.nearest(to: "birds", among: ["train", "validation", "test"]) == nil)
    #expect(Similarity.nearest(to: "x", among: []) == nil)
  }
}
