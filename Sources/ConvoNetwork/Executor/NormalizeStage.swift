import ConvoTensor

/// Batch normalisation of pictures, after the seam; all there is of it where nothing trains.
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
