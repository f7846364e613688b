import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct InitializerTests {
  /// What Keras 3.15 draws from: the variance, and the numbers beyond which none lies.
  struct Case: Sendable, CustomTestStringConvertible {
    let initializer: Initializer
    let variance: Double
    let limit: Double
    var testDescription: String { initializer.rawValue }

    /// For a kernel of 3x3x3x16: fan in 27, fan out 144.
    static let all: [Case] = [
      uniform(.glorotUniform, 2.0 / (27 + 144)), truncated(.glorotNormal, 2.0 / (27 + 144)),
      uniform(.heUniform, 2.0 / 27), truncated(.heNormal, 2.0 / 27), uniform(.lecunUniform, 1.0 / 27),
      truncated(.lecunNormal, 1.0 / 27), uniform(.randomUniform, 0.05 * 0.05 / 3),
      Case(initializer: .randomNormal, variance: 0.05 * 0.05, limit: .infinity),
      truncated(.truncatedNormal, 0.05 * 0.05 * truncatedVariance),
    ]

    /// Of a normal distribution of variance 1 that is cut off at 2: 1 - 4 · φ(2) / (2 · Φ(2) - 1).
    static let truncatedVariance = 0.773_741_301

    private static func uniform(_ initializer: Initializer, _ variance: Double) -> Case {
      Case(initializer: initializer, variance: variance, limit: (3 * variance).squareRoot())
    }

    private static func truncated(_ initializer: Initializer, _ variance: Double) -> Case {
      Case(initializer: initializer, variance: variance, limit: 2 * (variance / truncatedVariance).squareRoot())
    }
  }

  @Test(arguments: Case.all)
  func rangeMeanAndVarianceAreThoseOfKeras(_ test: Case) {
    let count = 100_000
    let values = drawn(test.initializer, count: count, shape: [3, 3, 3, 16]).map(Double.init)
    let largest = values.reduce(0) { max($0, abs($1)) }
    #expect(largest <= test.limit * 1.000_001)
    // So many numbers come close to the limit.
    if test.limit < .infinity { #expect(largest > 0.99 * test.limit) }

    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // Five standard deviations of the estimates; that of the variance is the largest for a normal distribution.
    #expect(abs(mean) < 5 * (test.variance / Double(count)).squareRoot())
    #expect(abs(variance / test.variance - 1) < 5 * (2 / Double(count)).squareRoot())
  }

  @Test func everyInitializerIsTested() {
    #expect(Set(Case.all.map(\.initializer)).union([.zeros, .ones]) == Set(Initializer.allCases))
  }

  /// Each of ten parts that are equally likely holds a tenth, within four standard deviations.
  @Test func theShapeOfTheDistributionsIsRight() {
    let uniform = drawn(.randomUniform, count: 100_000).map { Double($0) / 0.05 }
    var parts = [Int](repeating: 0, count: 10)
    for value in uniform { parts[min(9, Int((value + 1) * 5))] += 1 }
    #expect(parts.allSatisfy { abs($0 - 10_000) < 380 })

    // The deciles of a normal distribution.
    let deciles = [-1.281_552, -0.841_621, -0.524_401, -0.253_347, 0, 0.253_347, 0.524_401, 0.841_621, 1.281_552]
    parts = [Int](repeating: 0, count: 10)
    for value in drawn(.randomNormal, count: 100_000) {
      parts[deciles.count { $0 < Double(value) / 0.05 }] += 1
    }
    #expect(parts.allSatisfy { abs($0 - 10_000) < 380 })
  }

  @Test func fansAreThoseOfKeras() {
    let uniform = Initializer.heUniform
    #expect(uniform.distribution(for: [10, 4]) == .uniform(limit: (6.0 / 10).squareRoot()))
    #expect(uniform.distribution(for: [24]) == .uniform(limit: (6.0 / 24).squareRoot()))
    #expect(uniform.distribution(for: [3, 2, 5, 7]) == .uniform(limit: (6.0 / 30).squareRoot()))
    #expect(
      Initializer.glorotUniform.distribution(for: [3, 2, 5, 7]) == .uniform(limit: (6.0 / (30 + 42)).squareRoot()))
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
    let kind = Initializer.glorotUniform
    let draws = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 1, 0)].map { seed, layer, weight in
      drawn(kind, count: 50, seed: UInt64(seed), layer: layer, weight: weight)
    }
    #expect(Set(draws).count == draws.count)
    #expect(drawn(kind, count: 50, seed: 1) == draws[1])
  }

  @Test func aLongerDrawBeginsLikeAShorterOne() {
    let kind = Initializer.glorotUniform
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
    _ initializer: Initializer, count: Int, shape: Shape = [5, 5], seed: UInt64 = 0, layer: Int = 0, weight: Int = 0
  ) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer {
      initializer.fill($0, shape: shape, seed: seed, layer: layer, weight: weight)
    }
    return values
  }
}
