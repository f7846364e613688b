import ConvoTensor

/// Batch normalisation of pictures, before the seam: looks at a block on the way forward, and gives it its gradient on
/// the way back.
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
