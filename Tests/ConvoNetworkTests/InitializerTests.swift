import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct InitializerTests {
  @Test func glorotUniformIsUniformWithinItsLimit() {
    let values = drawn(.glorotUniform(fanIn: 27, fanOut: 144), count: 100_000)
    let limit = Float((6.0 / (27 + 144)).squareRoot())
    #expect(values.allSatisfy { abs($0) <= limit })

    let numbers = values.map(Double.init)
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    // Four standard deviations of the estimates of a uniform distribution's mean (0) and variance (limit² / 3).
    let scale = Double(limit)
    #expect(abs(mean) < 4 * scale / (3.0 * 100_000).squareRoot())
    #expect(abs(variance - scale * scale / 3) < 4 * scale * scale * (4.0 / 45 / 100_000).squareRoot())

    // Each of ten equal parts holds a tenth, within four standard deviations.
    var parts = [Int](repeating: 0, count: 10)
    for value in values { parts[min(9, Int((value / limit + 1) * 5))] += 1 }
    #expect(parts.allSatisfy { abs($0 - 10_000) < 380 })
  }

  @Test func zerosAndOnes() {
    #expect(drawn(.zeros, count: 3) == [0, 0, 0])
    #expect(drawn(.ones, count: 3) == [1, 1, 1])
  }

  @Test func aSeedNamesTheSameValuesForEver() {
    // By the published algorithm from state 1234567.
    var generator = SeededGenerator(state: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
  }

  @Test func seedLayerAndWeightEachChangeTheValues() {
    let kind = Initializer.glorotUniform(fanIn: 5, fanOut: 5)
    let draws = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 1, 0)].map { seed, layer, weight in
      drawn(kind, count: 50, seed: UInt64(seed), layer: layer, weight: weight)
    }
    #expect(Set(draws).count == draws.count)
    #expect(drawn(kind, count: 50, seed: 1) == draws[1])
  }

  @Test func aLongerDrawBeginsLikeAShorterOne() {
    let kind = Initializer.glorotUniform(fanIn: 5, fanOut: 5)
    #expect(Array(drawn(kind, count: 90).prefix(30)) == drawn(kind, count: 30))
  }

  @Test func layersThatAreAddedLeaveTheOthersAlone() throws {
    var model = Model(name: "m", inputShape: [6])
    try model.add(Outputs(units: 4))
    let before = model.initialWeights(seed: 3)
    try model.add(Outputs(units: 2))
    let after = model.initialWeights(seed: 3)
    #expect(before.count == 28 && after.count == 38)
    #expect(Array(after.prefix(28)) == before)
    #expect(after[24..<28].allSatisfy { $0 == 0 }, "biases are zero")
    #expect(after[..<24].allSatisfy { $0 != 0 })
  }

  private func drawn(
    _ initializer: Initializer, count: Int, seed: UInt64 = 0, layer: Int = 0, weight: Int = 0
  ) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { initializer.fill($0, seed: seed, layer: layer, weight: weight) }
    return values
  }
}
