import CPeakRate
import Foundation
import Testing

/// The loop that the machine's rate is measured with.
@Suite struct PeakRateTests {
  /// Sum i begins at i and goes to 0.999 sum + 0.001 in each round: 1 + (i - 1) 0.999ⁿ after n of them. Were a product
  /// left out by the compiler, or the count not that of the products, this would not come out.
  @Test func theLoopDoesWhatItCounts() throws {
    let lanes = ["AVX-512": 16, "AVX2": 8, "128-bit": 4]
    let width = try #require(lanes[String(cString: convo_peak_vectors())])
    let rounds = 1_000
    var result: Float = 0
    let count = Int(convo_peak_run(Int64(rounds), &result))
    #expect(count % (rounds * width) == 0)
    let sums = 0..<count / rounds / width
    let expected = sums.reduce(0.0) { $0 + 1 + (Double($1) - 1) * pow(0.999, Double(rounds)) } * Double(width)
    #expect(sums.count >= 10)
    #expect(abs(Double(result) - expected) <= 1e-4 * expected)
  }
}
