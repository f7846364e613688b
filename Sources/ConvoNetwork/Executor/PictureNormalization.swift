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
  let kernel: NormalizationKernel
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
  func forEach(_ samples: Int, _ body: (_ offset: Int, _ channel: Int) -> Void) {
    for sample in 0..<samples {
      for group in 0..<view.groups {
        body(sample * view.floatsOfSample + group * view.pixels * view.width, group * view.width)
      }
    }
  }

  var part: NormalizationKernel.Part {
    NormalizationKernel.Part(rows: view.pixels, width: view.width, stride: view.width)
  }

  /// The mean of a block, and the squares around it.
  func measure(_ x: UnsafePointer<Float>, block: Int, samples: Int, scratch: UnsafeMutablePointer<Float>) {
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

  var scratchFloats: Int { 2 * view.width + view.channels }

  /// The sums of a block's gradient.
  func measure(
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
