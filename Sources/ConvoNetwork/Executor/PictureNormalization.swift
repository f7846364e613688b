import ConvoTensor

/// Batch normalisation of pictures: two stages with a seam between them.
///
///     before the seam    forward: sums of the block          backward: dx from dy and the batch's sums
///     after the seam     forward: normalise                  backward: sums of dy and dy · (x - mean) of the block
///
/// Each block's sums have a place of their own; at the seam they are added up in the order of the blocks, in double
/// precision. Of the values, each block gives its mean and the squares around it, from which those of the batch follow
/// without cancellation (Chan, Golub and LeVeque, 1979).
final class PictureNormalization: Seam, @unchecked Sendable {
  // Each thread writes to the places of its own block; the seam reads them once all threads are through.
  let statistics: BatchStatistics
  let layout: Layout
  let view: View
  fileprivate let kernel: NormalizationKernel
  private let block: Int
  /// For each block, two numbers for each channel.
  private let shares: FloatBuffer

  /// How pictures lie in memory: for each sample and each group of channels, a matrix of pixels.
  struct View: Sendable {
    var groups, pixels, width: Int
    var channels: Int { groups * width }
    var floatsOfSample: Int { channels * pixels }
  }

  init(_ statistics: BatchStatistics, layout: Layout, view: View, block: Int, blocks: Int, kernels: KernelSet) {
    kernel = NormalizationKernel(set: kernels)
    self.statistics = statistics
    self.layout = layout
    self.view = view
    self.block = block
    // Each share holds two rows of doubles.
    shares = FloatBuffer(count: blocks * 4 * view.channels)
  }

  private func share(_ block: Int) -> UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(shares.first + block * 4 * view.channels)
      .assumingMemoryBound(to: Double.self)
  }

  /// Calls `body` for each matrix of some samples, with its place among the values and among the channels.
  fileprivate func forEach(_ samples: Int, _ body: (_ offset: Int, _ channel: Int) -> Void) {
    for sample in 0..<samples {
      for group in 0..<view.groups {
        body(sample * view.floatsOfSample + group * view.pixels * view.width, group * view.width)
      }
    }
  }

  fileprivate var part: NormalizationKernel.Part {
    NormalizationKernel.Part(rows: view.pixels, width: view.width, stride: view.width)
  }

  /// The mean of a block, and the squares around it.
  fileprivate func measure(_ x: UnsafePointer<Float>, block: Int, samples: Int, scratch: UnsafeMutablePointer<Float>) {
    let means = share(block)
    let squares = means + view.channels
    means.update(repeating: 0, count: 2 * view.channels)
    // The block's own mean, in single precision, is what the squares are around.
    let center = scratch + 2 * view.width
    forEach(samples) { offset, channel in
      kernel.sum(part, x + offset, center: nil, into: means + channel, run: scratch)
    }
    let count = Double(max(samples * view.pixels, 1))
    for channel in 0..<view.channels {
      center[channel] = Float(means[channel] / count)
      means[channel] = Double(center[channel])
    }
    forEach(samples) { offset, channel in
      kernel.sum(part, x + offset, center: center + channel, into: squares + channel, run: scratch)
    }
  }

  fileprivate var scratchFloats: Int { 2 * view.width + view.channels }

  /// The sums of a block's gradient.
  fileprivate func measure(
    _ x: UnsafePointer<Float>, gradient dy: UnsafePointer<Float>, block: Int, samples: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let sums = share(block)
    let products = sums + view.channels
    sums.update(repeating: 0, count: 2 * view.channels)
    forEach(samples) { offset, channel in
      kernel.sumSlopes(
        part, x + offset, gradient: dy + offset, center: statistics.mean + channel, into: sums + channel,
        products: products + channel, run: scratch)
    }
  }

  /// How many values of a channel a block gave.
  private func count(_ index: Int, of samples: Int) -> Double {
    Double(min(block, samples - index * block) * view.pixels)
  }

  func combineForward(samples: Int) {
    let blocks = 0..<(samples + block - 1) / block
    let total = samples * view.pixels
    statistics.isMeasured = total > 0
    for channel in 0..<view.channels {
      // The shares of all blocks, weighted, around the first one's mean.
      let origin = share(0)[channel]
      let mean =
        origin
        + blocks.reduce(0) { $0 + (share($1)[channel] - origin) * count($1, of: samples) } / Double(max(total, 1))
      // What is subtracted is a float, and the squares are around that.
      statistics.mean[channel] = Float(mean)
      let center = Double(statistics.mean[channel])
      var squares = blocks.reduce(0.0) { sum, index in
        let apart = share(index)[channel] - center
        return sum + share(index)[view.channels + channel] + apart * apart * count(index, of: samples)
      }
      statistics.finishForward(channel..<channel + 1, count: total, squares: &squares)
    }
  }

  func combineBackward(samples: Int) {
    let blocks = 0..<(samples + block - 1) / block
    for channel in 0..<view.channels {
      var sum = blocks.reduce(0.0) { $0 + share($1)[channel] }
      var product = blocks.reduce(0.0) { $0 + share($1)[view.channels + channel] }
      statistics.finishBackward(
        channel..<channel + 1, count: samples * view.pixels, sums: &sum, products: &product)
    }
  }
}

/// The stage before the seam.
final class StatisticsStage: Stage {
  let name: String
  let hasBackward: Bool
  private let normalization: PictureNormalization

  init(name: String, _ normalization: PictureNormalization, hasBackward: Bool) {
    self.name = name
    self.normalization = normalization
    self.hasBackward = hasBackward
  }

  let reason = "statistics of the whole batch, before any of it goes on"
  var kernels: [any ComputeKernel] { [] }
  var input: Layout { normalization.layout }
  var output: Layout { input }
  var isInPlace: Bool { true }
  var scratchFloats: Int { normalization.scratchFloats }
  var operations: Work { Work(forward: 4 * input.floatCount, backward: hasBackward ? 5 * input.floatCount : 0) }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      normalization: normalization, block: memory.block, samples: input.floatCount / normalization.view.floatsOfSample,
      values: memory.input.pointer, gradient: hasBackward ? memory.outputGradient?.pointer : nil)
  }

  private struct Bound: BoundStage {
    let normalization: PictureNormalization
    let block, samples: Int
    let values: UnsafeMutablePointer<Float>
    let gradient: UnsafeMutablePointer<Float>?

    func forward(on turn: Turn) {
      guard turn.isTraining, let scratch = turn.scratch.baseAddress else { return }
      normalization.measure(values, block: block, samples: turn.samples.count, scratch: scratch)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let gradient else { return }
      let statistics = normalization.statistics
      normalization.forEach(turn.samples.count) { offset, channel in
        normalization.kernel.backward(
          normalization.part, values + offset, gradient: gradient + offset, center: statistics.mean + channel,
          scale: statistics.scale + channel, gradientCenter: statistics.gradientMean + channel,
          inputFactor: statistics.inputFactor + channel, into: gradient + offset)
      }
      // What is missing of the block has no gradient.
      let floats = normalization.view.floatsOfSample
      (gradient + turn.samples.count * floats).update(repeating: 0, count: (samples - turn.samples.count) * floats)
    }
  }
}

/// The stage after the seam; all there is where nothing trains.
final class NormalizeStage: Stage {
  let name: String
  let hasBackward: Bool
  private let normalization: PictureNormalization

  init(name: String, _ normalization: PictureNormalization, hasBackward: Bool) {
    self.name = name
    self.normalization = normalization
    self.hasBackward = hasBackward
  }

  var reason: String { hasBackward ? "with the statistics of the whole batch" : "with the moving statistics" }
  var kernels: [any ComputeKernel] { [] }
  var input: Layout { normalization.layout }
  var output: Layout { input }
  var readsInput: Bool { hasBackward }
  var hasWeights: Bool { normalization.statistics.hasWeights }
  var packedBytes: Int { normalization.statistics.bytes }
  var scratchFloats: Int { normalization.scratchFloats }
  var operations: Work { Work(forward: 3 * input.floatCount, backward: hasBackward ? 4 * input.floatCount : 0) }

  func refresh(on stream: ComputeStream) { normalization.statistics.refresh() }
  func publish(_ gradients: [Tensor], on stream: ComputeStream) { normalization.statistics.remember() }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      normalization: normalization, block: memory.block, samples: input.floatCount / normalization.view.floatsOfSample,
      input: memory.input.pointer, output: memory.output.pointer,
      inputGradient: hasBackward ? memory.inputGradient?.pointer : nil,
      outputGradient: hasBackward ? memory.outputGradient?.pointer : nil)
  }

  private struct Bound: BoundStage {
    let normalization: PictureNormalization
    let block, samples: Int
    let input, output: UnsafeMutablePointer<Float>
    let inputGradient, outputGradient: UnsafeMutablePointer<Float>?

    func forward(on turn: Turn) {
      let statistics = normalization.statistics
      let center = turn.isTraining ? statistics.mean : statistics.movingCenter
      let scale = turn.isTraining ? statistics.scale : statistics.movingScale
      normalization.forEach(samples) { offset, channel in
        normalization.kernel.forward(
          normalization.part, input + offset, center: center + channel, scale: scale + channel,
          shift: statistics.shift + channel, into: output + offset)
      }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let inputGradient, let outputGradient, let scratch = turn.scratch.baseAddress else { return }
      normalization.measure(
        input, gradient: outputGradient, block: block, samples: turn.samples.count, scratch: scratch)
      // The stage before the seam does the rest, once the sums of all blocks are known.
      inputGradient.update(from: outputGradient, count: samples * normalization.view.floatsOfSample)
    }
  }
}
