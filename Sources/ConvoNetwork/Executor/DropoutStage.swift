import ConvoTensor

/// Which values dropout leaves out: a pure function of the seed, the layer, the step, the sample and the value's place.
struct DropoutMask: Sendable {
  /// A value stays where its 32 random bits are at least this.
  private let threshold: UInt64
  /// 1 / (1 - rate).
  let scale: Float
  private let seed: UInt64?
  private let layer: Int
  /// For each value of a sample the place of what decides on it; `nil` where each has its own.
  private let places: [Int32]?
  /// Whether all samples of a batch share their fate.
  private let isOneForAll: Bool

  /// - Parameter input: The shape of a sample.
  init(_ dropout: Dropout, layer: Int, input: Shape) {
    threshold = UInt64(max(0, min(dropout.rate, 1)) * 0x1p32)
    scale = dropout.rate < 1 ? Float(1 / (1 - dropout.rate)) : 0
    seed = dropout.seed.map { UInt64(bitPattern: Int64($0)) }
    self.layer = layer
    let shared = dropout.noiseShape.map { zip($0.dropFirst(), input.sides).map { $0 == 1 && $1 > 1 } } ?? []
    places = shared.contains(true) ? Self.places(input.sides, shared: shared) : nil
    isOneForAll = dropout.noiseShape?.first == 1
  }

  /// - Parameter shared: For each side, whether all along it have the same place.
  private static func places(_ sides: [Int], shared: [Bool]) -> [Int32] {
    var places: [Int32] = [0]
    var count: Int32 = 1
    for (side, isShared) in zip(sides, shared).reversed() {
      let step = isShared ? 0 : count
      places = (0..<Int32(side)).flatMap { index in places.map { $0 + index * step } }
      if !isShared { count *= Int32(side) }
    }
    return places
  }

  /// result ← source where a value stays, scaled, else 0. Both may be the same memory.
  ///
  /// - Parameter sample: The sample's place in its batch.
  func apply(
    _ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, count: Int, sample: Int, noise: NoiseKey
  ) {
    let bits = SeededGenerator(
      seed ?? noise.seed, UInt64(layer), UInt64(truncatingIfNeeded: noise.step), isOneForAll ? 0 : UInt64(sample))
    if let places {
      for (index, place) in places.enumerated() {
        let value = bits.value(at: Int(place) / 2) >> (place % 2 == 0 ? 0 : 32)
        result[index] = value & 0xFFFF_FFFF >= threshold ? source[index] * scale : 0
      }
      return
    }
    // One number of the generator decides two values.
    for pair in 0..<count / 2 {
      let value = bits.value(at: pair)
      result[2 * pair] = value & 0xFFFF_FFFF >= threshold ? source[2 * pair] * scale : 0
      result[2 * pair + 1] = value >> 32 >= threshold ? source[2 * pair + 1] * scale : 0
    }
    if count % 2 == 1 {
      let value = bits.value(at: count / 2)
      result[count - 1] = value & 0xFFFF_FFFF >= threshold ? source[count - 1] * scale : 0
    }
  }
}

/// Dropout in training; hands the values on where the network is measured between two epochs.
final class DropoutStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let mask: DropoutMask
  private let samples: Int

  /// - Parameter samples: The samples that go through at a time.
  init(name: String, mask: DropoutMask, layout: Layout, samples: Int, hasBackward: Bool) {
    self.name = name
    self.mask = mask
    self.samples = samples
    self.hasBackward = hasBackward
    input = layout
  }

  let reason = "random numbers that follow from the seed and the step"
  var kernels: [any ComputeKernel] { [] }
  var output: Layout { input }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      mask: mask, samples: samples, size: input.floatCount / samples, input: memory.input.pointer,
      output: memory.output.pointer, inputGradient: hasBackward ? memory.inputGradient?.pointer : nil,
      outputGradient: hasBackward ? memory.outputGradient?.pointer : nil)
  }

  private struct Bound: BoundStage {
    let mask: DropoutMask
    let samples, size: Int
    let input, output: UnsafeMutablePointer<Float>
    let inputGradient, outputGradient: UnsafeMutablePointer<Float>?

    /// The samples of a job.
    private static let samplesOfJob = 16

    var forwardJobs: Int { (samples - 1) / Self.samplesOfJob + 1 }
    var backwardJobs: Int { forwardJobs }

    func forward(on turn: Turn) { hand(input, to: output, turn) }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      if let inputGradient, let outputGradient { hand(outputGradient, to: inputGradient, turn) }
    }

    private func hand(_ source: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, _ turn: Turn) {
      let first = turn.job * Self.samplesOfJob
      for sample in first..<min(first + Self.samplesOfJob, samples) {
        let place = sample * size
        if turn.isTraining {
          mask.apply(
            source + place, to: result + place, count: size, sample: turn.samples.lowerBound + sample,
            noise: turn.noise)
        } else {
          (result + place).update(from: source + place, count: size)
        }
      }
    }
  }
}
