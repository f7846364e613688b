import Testing

@testable import ConvoTensor

/// A size that the fused kernels must be right for, on one of the processor's instruction sets.
struct BlockCase: Sendable, CustomTestStringConvertible {
  var set: KernelSet
  var reference: BlockReference
  var wantsInputGradient: Bool

  var testDescription: String {
    "\(set.name): \(reference.height)x\(reference.width)x\(reference.channels), \(reference.filters) filters"
      + (wantsInputGradient ? "" : ", no input gradient")
  }

  init(_ set: KernelSet, _ height: Int, _ width: Int, _ channels: Int, _ filters: Int, wantsInputGradient: Bool = true)
  {
    self.set = set
    reference = BlockReference(height: height, width: width, channels: channels, filters: filters)
    self.wantsInputGradient = wantsInputGradient
  }

  /// Sizes drawn at random, the same ones every time, with the corners of what is allowed among them.
  static var all: [BlockCase] {
    var random = Scramble(seed: 3)
    return KernelSet.available.flatMap { set in
      [BlockCase(set, 4, 4, 16, 16), BlockCase(set, 4, 5, 3, 1, wantsInputGradient: false), BlockCase(set, 5, 4, 1, 1)]
        + (0..<40).map { index in
          let channels = [1, 2, 3, 4, 5, 12, 16, 17, 32, 40, 48, 64, 80][random.below(13)]
          let filters = [1, 3, 8, 16, 20, 32, 33, 48, 64, 96][random.below(10)]
          return BlockCase(
            set, 4 + random.below(14), 4 + random.below(36), channels, filters,
            wantsInputGradient: index % 3 != 0 || channels > 4)
        }
    }
  }

  static var few: [BlockCase] {
    KernelSet.available.flatMap { set in
      [
        BlockCase(set, 9, 20, 3, 20, wantsInputGradient: false),
        BlockCase(set, 9, 20, 4, 16, wantsInputGradient: false),
        BlockCase(set, 7, 34, 16, 32), BlockCase(set, 12, 13, 20, 64), BlockCase(set, 8, 8, 33, 5),
      ]
    }
  }
}

/// A small generator of repeatable numbers (Marsaglia's xorshift).
struct Scramble {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }
  /// In [-1, 1).
  mutating func number() -> Float { Float(next() >> 40) / Float(1 << 23) - 1 }
  mutating func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in number() } }
  mutating func integers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(below(7)) - 3 } }
}

@Suite struct BlockKernelTests {
  /// The largest difference over the largest value.
  private func relativeError(_ found: [Float], _ expected: [Double]) -> Double {
    let scale = expected.reduce(1e-30) { max($0, abs($1)) }
    return zip(found, expected).reduce(found.count == expected.count ? 0 : .infinity) {
      max($0, abs(Double($1.0) - $1.1) / scale)
    }
  }

  @Test(arguments: BlockCase.all)
  func matchesTheReference(_ example: BlockCase) throws {
    let reference = example.reference
    var random = Scramble(seed: UInt64(reference.height * 1000 + reference.filters))
    let input = random.numbers(reference.height * reference.width * reference.channels)
    let weights = random.numbers(9 * reference.channels * reference.filters)
    let bias = random.numbers(reference.filters)
    let run = try BlockRun(reference, wantsInputGradient: example.wantsInputGradient, set: example.set)
    let found = try run.forward(input, weights: weights, bias: bias)
    let expected = reference.forward(input, weights: weights, bias: bias)
    #expect(relativeError(found.values, expected.values) < 2e-6)
    #expect(try run.forward(input, weights: weights, bias: bias, keepsWinners: false).values == found.values)

    // In single precision the winner may be another one where two sums are equal but for rounding.
    let scale = expected.values.reduce(1, max)
    for (place, winner) in found.winners.enumerated() where winner != expected.winners[place] {
      let won = winner == 4 ? 0 : expected.sums[place][Int(winner)]
      #expect(abs(won - expected.values[place]) < 2e-6 * scale)
    }
    let slopes = random.numbers(found.values.count)
    let gradients = try run.backward(weights: weights, outputGradient: slopes)
    let wanted = reference.backward(input, weights: weights, winners: found.winners, outputGradient: slopes)
    #expect(relativeError(gradients.weights, wanted.weights) < 2e-6)
    #expect(relativeError(gradients.bias, wanted.bias) < 2e-6)
    if example.wantsInputGradient { #expect(relativeError(gradients.input, wanted.input) < 2e-6) }
    #expect(run.isIntact)
  }

  /// Whole numbers make many equal sums, and all of the kernels' arithmetic on them is exact.
  @Test(arguments: BlockCase.all)
  func theFirstOfEqualsWins(_ example: BlockCase) throws {
    let reference = example.reference
    var random = Scramble(seed: 5)
    let input = random.integers(reference.height * reference.width * reference.channels)
    let weights = random.integers(9 * reference.channels * reference.filters).map { Float($0.sign == .minus ? -1 : 1) }
    let bias = random.integers(reference.filters)
    let run = try BlockRun(reference, wantsInputGradient: example.wantsInputGradient, set: example.set)
    let found = try run.forward(input, weights: weights, bias: bias)
    let expected = reference.forward(input, weights: weights, bias: bias)
    #expect(found.values.map(Double.init) == expected.values)
    #expect(found.winners == expected.winners)

    let flat = try run.forward(input.map { _ in 0.7 }, weights: weights, bias: bias)
    #expect(flat.winners.allSatisfy { $0 == 0 || $0 == 4 })
  }

  @Test(arguments: BlockCase.few)
  func whatReLUKillsGetsNoGradient(_ example: BlockCase) throws {
    let reference = example.reference
    var random = Scramble(seed: 7)
    let weights = random.numbers(9 * reference.channels * reference.filters)
    let run = try BlockRun(reference, wantsInputGradient: example.wantsInputGradient, set: example.set)
    let found = try run.forward(
      random.numbers(reference.height * reference.width * reference.channels), weights: weights,
      bias: Array(repeating: -1e4, count: reference.filters))
    #expect(found.values.allSatisfy { $0 == 0 && $0.sign == .plus })
    #expect(found.winners.allSatisfy { $0 == 4 })
    let gradients = try run.backward(weights: weights, outputGradient: random.numbers(found.values.count))
    #expect((gradients.input + gradients.weights + gradients.bias).allSatisfy { $0 == 0 })
  }

  /// In one pixel or in one weight, the same outputs are touched as by the definition, and in the same way.
  @Test(arguments: BlockCase.few, [Float.nan, .infinity, -.infinity])
  func strangeNumbersPassAsTheDefinitionHasIt(_ example: BlockCase, _ strange: Float) throws {
    let reference = example.reference
    var random = Scramble(seed: 11)
    let input = random.numbers(reference.height * reference.width * reference.channels)
    let weights = random.numbers(9 * reference.channels * reference.filters)
    let bias = random.numbers(reference.filters)
    for inWeights in [false, true] {
      var (input, weights) = (input, weights)
      if inWeights {
        weights[random.below(weights.count)] = strange
      } else {
        input[random.below(input.count)] = strange
      }
      let run = try BlockRun(reference, wantsInputGradient: example.wantsInputGradient, set: example.set)
      let found = try run.forward(input, weights: weights, bias: bias)
      let expected = reference.forward(input, weights: weights, bias: bias)
      for (place, value) in found.values.enumerated() {
        let wanted = expected.values[place]
        if wanted.isFinite {
          #expect(abs(Double(value) - wanted) < 1e-4)
        } else {
          #expect(Double(value) == wanted)
          #expect(found.winners[place] == expected.winners[place])
        }
      }
    }
  }

  @Test func sizesThatDoNotFitAreErrors() {
    #expect(throws: ComputeError("fused block", .invalidArguments)) {
      try BlockKernel(height: 3, width: 9, channels: 16, filters: 16, wantsInputGradient: true)
    }
    #expect(throws: ComputeError("fused block", .invalidArguments)) {
      try BlockKernel(height: 9, width: 9, channels: 0, filters: 16, wantsInputGradient: true)
    }
    for (side, channels) in [(1 << 20, 16), (9, Int.max), (9, Int.max - 40), (4, 1 << 29)] {
      #expect(throws: ComputeError("fused block", .tooLarge)) {
        try BlockKernel(height: side, width: side, channels: channels, filters: 16, wantsInputGradient: true)
      }
    }
  }

  @Test func setsAreNamedAndTheLastRunsEverywhere() {
    #expect(KernelSet.available.last?.name == "baseline")
    #expect(KernelSet.named("baseline") != nil)
    #expect(KernelSet.named("avx3") == nil)
    #expect(KernelSet.best.name == KernelSet.available.first?.name)
  }
}
