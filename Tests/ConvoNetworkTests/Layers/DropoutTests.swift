import ConvoTensor
import Testing

@testable import ConvoNetwork

@Suite struct DropoutTests {
  private static let width = 1001

  /// The outputs of dropout on ones.
  private func outputs(
    _ dropout: Dropout = Dropout(rate: 0.3), count: Int = 40, largestBatch: Int = 64, threads: Int = 2,
    noise: NoiseKey = NoiseKey(seed: 1, step: 7)
  ) throws -> [Float] {
    let executor = try Executor(
      Model([Self.width], [dropout]), largestBatch: largestBatch, threads: threads, forTraining: true)
    return try executor.step(
      [Float](repeating: 1, count: count * Self.width), targets: [Float](repeating: 0, count: count * Self.width),
      count: count, width: Self.width, loss: .meanSquaredError, noise: noise
    ).outputs
  }

  @Test(arguments: [0, 0.1, 0.3, 0.5, 0.9])
  func theRightShareIsLeftOutAndTheMeanStays(rate: Double) throws {
    let values = try outputs(Dropout(rate: rate))
    let kept = values.filter { $0 != 0 }
    #expect(kept.allSatisfy { $0 == Float(1 / (1 - rate)) })
    // Five deviations of a binomial distribution.
    let allowed = 5 * (rate * (1 - rate) / Double(values.count)).squareRoot()
    #expect(abs(1 - Double(kept.count) / Double(values.count) - rate) <= allowed)
  }

  /// No place and no sample is left out more often than others, and neighbours do not follow each other.
  @Test func placesAreLeftOutIndependently() throws {
    let values = try outputs(Dropout(rate: 0.5), count: 400, largestBatch: 400)
    func share(_ chosen: (Int) -> Bool) -> Double {
      let places = values.indices.filter(chosen)
      let left = places.count { values[$0] == 0 }
      return (Double(left) / Double(places.count) - 0.5) / (0.5 / Double(places.count).squareRoot())
    }
    for place in [0, 1, 2, 500, 999, 1000] { #expect(abs(share { $0 % Self.width == place }) < 5) }
    for sample in [0, 1, 17, 399] { #expect(abs(share { $0 / Self.width == sample }) < 5) }
    for distance in [1, 2, Self.width] {
      let both = values.indices.dropLast(distance).count { (values[$0] == 0) == (values[$0 + distance] == 0) }
      let pairs = Double(values.count - distance)
      #expect(abs(Double(both) / pairs - 0.5) < 5 * 0.5 / pairs.squareRoot())
    }
  }

  @Test func whatIsLeftOutFollowsFromSeedStepLayerAndPlaceAlone() throws {
    let first = try outputs()
    #expect(try outputs() == first)
    #expect(try outputs(threads: 1) == first)
    #expect(try outputs(threads: 4) == first)
    // Other blocks, and other chunks.
    #expect(try outputs(largestBatch: 3) == first)
    #expect(try outputs(largestBatch: 1000) == first)
    #expect(try outputs(count: 7) == Array(first[..<(7 * Self.width)]))
    #expect(try outputs(noise: NoiseKey(seed: 1, step: 8)) != first)
    #expect(try outputs(noise: NoiseKey(seed: 2, step: 7)) != first)
    #expect(first[..<Self.width] != first[Self.width..<2 * Self.width])
  }

  @Test func aSeedOfItsOwnTakesTheSessionsPlace() throws {
    let own = Dropout(rate: 0.3, seed: 9)
    let first = try outputs(own)
    #expect(try outputs(own, noise: NoiseKey(seed: 2, step: 7)) == first)
    #expect(try outputs(own, noise: NoiseKey(seed: 2, step: 8)) != first)
    #expect(try outputs(Dropout(rate: 0.3, seed: 10)) != first)
  }

  @Test func twoLayersLeaveOutDifferentValues() throws {
    let model = try Model([Self.width], [Dropout(rate: 0.5, seed: 1), Dropout(rate: 0.5, seed: 1)])
    let executor = try Executor(model, largestBatch: 8, threads: 1, forTraining: true)
    let ones = [Float](repeating: 1, count: 8 * Self.width)
    let values = try executor.step(ones, targets: ones, count: 8, width: Self.width, loss: .meanSquaredError).outputs
    let share = Double(values.count { $0 != 0 }) / Double(values.count)
    #expect(abs(share - 0.25) < 0.025)
  }

  /// Values along a side of 1 share their fate; the others do not.
  @Test func wholeChannelsAreLeftOutTogether() throws {
    let dropout = Dropout(rate: 0.5, noiseShape: [nil, 1, 1, nil])
    let model = try Model([7, 6, 5], [dropout, Flatten()])
    let executor = try Executor(model, largestBatch: 50, threads: 2, forTraining: true)
    let count = 50 * 7 * 6 * 5
    let values = try executor.step(
      [Float](repeating: 1, count: count), targets: [Float](repeating: 0, count: count), count: 50, width: 210,
      loss: .meanSquaredError
    ).outputs
    var kept = 0
    for sample in 0..<50 {
      for channel in 0..<5 {
        let fates = Set((0..<42).map { values[sample * 210 + $0 * 5 + channel] })
        #expect(fates == [0] || fates == [2])
        if fates == [2] { kept += 1 }
      }
    }
    #expect(abs(kept - 125) < 5 * 8)
    for channel in 1..<5 {
      #expect((0..<50).contains { values[$0 * 210] != values[$0 * 210 + channel] })
    }
  }

  @Test func samplesShareTheirFateWhereTheNoiseHasOne() throws {
    let values = try outputs(Dropout(rate: 0.5, noiseShape: [1, nil]))
    #expect(Set(values) == [0, 2])
    for sample in 1..<40 {
      #expect(values[..<Self.width] == values[sample * Self.width..<(sample + 1) * Self.width])
    }
  }

  @Test func ofARateOfOneNothingIsLeft() throws {
    #expect(try outputs(Dropout(rate: 1)).allSatisfy { $0 == 0 })
  }

  @Test func nothingIsLeftOutInUse() throws {
    let model = try Model([6, 5, 2], [Dropout(rate: 0.5), Flatten(), Dropout(rate: 0.9)])
    let inputs = numbers(3 * 60, seed: 4)
    for forTraining in [true, false] {
      let executor = try Executor(model, largestBatch: 3, threads: 2, forTraining: forTraining)
      #expect(try executor.prediction(inputs, count: 3, width: 60) == inputs)
    }
  }
}
