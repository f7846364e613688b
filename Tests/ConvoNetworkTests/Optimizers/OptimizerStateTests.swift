import Testing

@testable import ConvoNetwork

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct OptimizerStateTests {
  static let kinds: [any OptimizerSpec] = [SGD(), momentum, nesterov, RMSprop(), centered, Adam(), amsgrad]

  @Test(arguments: kinds.indices)
  func theSameBitsHoweverTheWeightsAreCut(_ kind: Int) {
    let optimizer = Self.kinds[kind]
    let count = 1003
    let (start, gradients) = numbers(count)
    let cuts = [[0..<count], [0..<1, 1..<7, 7..<64, 64..<500, 500..<1003], [600..<1003, 0..<599, 599..<600]]
    let results = cuts.map { ranges in
      var weights = start
      var state = OptimizerState(for: optimizer, weights: count)
      for _ in 0..<3 { state.step(optimizer, weights: &weights, gradients: gradients, ranges: ranges) }
      return (weights, state)
    }
    for result in results.dropFirst() {
      #expect(result.0.map(\.bitPattern) == results[0].0.map(\.bitPattern))
      #expect(result.1 == results[0].1)
    }
  }

  @Test(arguments: kinds.indices)
  func weightsOutsideOfTheRangesStay(_ kind: Int) {
    let (start, gradients) = numbers(20)
    var weights = start
    var state = OptimizerState(for: Self.kinds[kind], weights: 20)
    state.step(Self.kinds[kind], weights: &weights, gradients: gradients, ranges: [0..<4, 9..<20])
    #expect(weights[4..<9] == start[4..<9])
    #expect(zip(weights[9...], start[9...]).allSatisfy { $0 != $1 })
    for name in state.slotNames {
      #expect(state[slot: name]?.dropFirst(4).prefix(5).allSatisfy { $0 == 0 } == true)
    }
  }

  @Test(arguments: kinds.indices)
  func aKeptStateGoesOnToTheSameBits(_ kind: Int) throws {
    let optimizer = Self.kinds[kind]
    let (start, gradients) = numbers(33)
    var (straight, kept) = (start, start)
    var state = OptimizerState(for: optimizer, weights: 33)
    for _ in 0..<2 { state.step(optimizer, weights: &straight, gradients: gradients, ranges: [0..<33]) }
    kept = straight
    var copy = try JSONDecoder().decode(OptimizerState.self, from: JSONEncoder().encode(state))
    state.step(optimizer, weights: &straight, gradients: gradients, ranges: [0..<33])
    copy.step(optimizer, weights: &kept, gradients: gradients, ranges: [0..<33])
    #expect(kept == straight)
    #expect(copy == state)
  }

  @Test func aStateFitsItsOwnKindAlone() {
    let state = OptimizerState(for: RMSprop(), weights: 5)
    #expect(state.fits(RMSprop(), weights: 5))
    #expect(!state.fits(RMSprop(), weights: 6))
    #expect(!state.fits(Self.centered, weights: 5))
    #expect(!state.fits(Adam(), weights: 5))
  }

  @Test func keptSettingsHaveTheNamesOfKeras() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(Adam()), as: UTF8.self)
    #expect(text == #"{"amsgrad":false,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07,"learning_rate":0.001}"#)
  }

  private func numbers(_ count: Int) -> (weights: [Float], gradients: [Float]) {
    var generator = SeededGenerator(5)
    return (
      (0..<count).map { _ in generator.nextUnit() - 0.5 },
      (0..<count).map { _ in (generator.nextUnit() - 0.5) * 0.1 }
    )
  }

  private static var momentum: SGD { changed(SGD()) { $0.momentum = 0.9 } }
  private static var nesterov: SGD { changed(momentum) { $0.nesterov = true } }
  private static var centered: RMSprop {
    changed(RMSprop()) {
      $0.centered = true
      $0.momentum = 0.5
    }
  }
  private static var amsgrad: Adam { changed(Adam()) { $0.amsgrad = true } }

  private static func changed<T>(_ value: T, _ change: (inout T) -> Void) -> T {
    var value = value
    change(&value)
    return value
  }
}
