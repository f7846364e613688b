import ConvoSchema
import Testing

@testable import ConvoNetwork

@Suite struct WeightUpdateTests {
  /// More than one part, a piece that is not a whole number of blocks, and small variables between the large ones.
  private static let variables = [0..<10, 10..<150_010, 150_010..<150_011, 150_011..<300_000]

  @Test(arguments: Optimizers.all.indices)
  func theSameBitsInWhateverOrderThePartsAreDone(_ kind: Int) throws {
    let optimizer = try Optimizers.all[kind].make()
    let count = 300_000
    let (start, gradients) = Optimizers.numbers(count)
    let update = WeightUpdate(optimizer, variables: Self.variables)
    var partCount = 0
    let orders: [WeightUpdate.Parallel] = [
      { parts, work in (0..<parts).forEach(work) },
      { parts, work in
        partCount = parts
        (0..<parts).reversed().forEach(work)
      },
    ]
    let results = orders.map { order in
      var weights = start
      var state = OptimizerState(for: optimizer, weights: count)
      for _ in 0..<3 { update.step(&state, weights: &weights, gradients: gradients, on: order) }
      return (weights, state)
    }
    #expect(partCount > 3)
    #expect(results[0].0.map(\.bitPattern) == results[1].0.map(\.bitPattern))
    #expect(results[0].1 == results[1].1)
    #expect(results[0].0 != start)
  }

  /// Each weight is treated alone, but for what clipping by norm needs.
  @Test(arguments: Optimizers.all.indices)
  func theSameBitsHoweverTheWeightsAreCut(_ kind: Int) throws {
    let optimizer = try Optimizers.all[kind].make()
    if case .norm = optimizer.options.clipping { return }
    let count = 5003
    let (start, gradients) = Optimizers.numbers(count)
    let cuts = [[0..<count], [0..<1, 1..<7, 7..<64, 64..<500, 500..<5003]]
    let results = cuts.map { variables in
      var weights = start
      var state = OptimizerState(for: optimizer, weights: count)
      let update = WeightUpdate(optimizer, variables: variables)
      for _ in 0..<3 { update.step(&state, weights: &weights, gradients: gradients) }
      return (weights, state)
    }
    if case .globalNorm = optimizer.options.clipping {
      // The norm is added up in another order.
      #expect(zip(results[0].0, results[1].0).allSatisfy { abs($0 - $1) < 1e-6 })
    } else {
      #expect(results[0].0.map(\.bitPattern) == results[1].0.map(\.bitPattern))
      #expect(results[0].1 == results[1].1)
    }
  }

  @Test(arguments: Optimizers.all.indices)
  func weightsOutsideOfTheVariablesStay(_ kind: Int) throws {
    let optimizer = try Optimizers.all[kind].make()
    let (start, gradients) = Optimizers.numbers(20)
    var weights = start
    var state = OptimizerState(for: optimizer, weights: 20)
    let update = WeightUpdate(optimizer, variables: [0..<4, 9..<20])
    for _ in 0..<3 { update.step(&state, weights: &weights, gradients: gradients) }
    weights.withUnsafeMutableBufferPointer { update.finish(state, weights: $0) }
    #expect(weights[4..<9] == start[4..<9])
    #expect(zip(weights[9...], start[9...]).allSatisfy { $0 != $1 })
    for name in state.slotNames {
      #expect(state[slot: name]?.dropFirst(4).prefix(5).allSatisfy { $0 == 0 } == true)
    }
  }

  /// Against norms in 64 bits, over more numbers than are recorded.
  @Test(arguments: ["clipnorm", "global_clipnorm"])
  func normsAreThoseOfTheFormula(_ option: String) throws {
    let limit = 0.7
    let optimizer = try Optimizers.Case("sgd", ["learning_rate": .number(1), option: .number(limit)]).make()
    let count = 300_000
    let (start, gradients) = Optimizers.numbers(count)
    var weights = start
    var state = OptimizerState(for: optimizer, weights: count)
    WeightUpdate(optimizer, variables: Self.variables).step(&state, weights: &weights, gradients: gradients)
    func norm(_ range: Range<Int>) -> Double {
      gradients[range].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    for variable in Self.variables {
      let norm = option == "clipnorm" ? norm(variable) : norm(0..<count)
      let scale = limit / max(norm, limit)
      for index in variable {
        let expected = Double(start[index]) - Double(gradients[index]) * scale
        #expect(abs(Double(weights[index]) - expected) < 1e-7)
      }
    }
  }

  @Test func aScaledLossIsTheSameLoss() throws {
    let (start, gradients) = Optimizers.numbers(100)
    var weights = [start, start]
    for (index, scale) in [nil, 1024.0].enumerated() {
      var optimizer = Adam()
      optimizer.options.lossScaleFactor = scale
      var state = OptimizerState(for: optimizer, weights: 100)
      let update = WeightUpdate(optimizer, variables: [0..<100])
      let scaled = gradients.map { $0 * Float(scale ?? 1) }
      for _ in 0..<3 { update.step(&state, weights: &weights[index], gradients: scaled) }
    }
    #expect(weights[0] == weights[1])
    #expect(weights[0] != start)
  }

  @Test func onlyOneWayOfClipping() throws {
    let both = Optimizers.Case("adam", ["clipnorm": .number(1), "global_clipnorm": .number(2)])
    #expect(
      throws: ArgumentError(
        parameter: "global_clipnorm",
        problem:
          "only one of clipnorm, clipvalue and global_clipnorm can be used, not clipnorm and global_clipnorm",
        help: "leave out all but one of them")
    ) { try both.make() }
  }
}
