import ConvoTensor

/// A layer's `activity_regularizer`: what its outputs add to the loss, and to their own gradient.
///
///     loss of a sample ← loss + penalty(y)        dy ← dy + slope of the penalty at y
///
/// with y the layer's outputs for the sample. Keras divides the penalty of a batch by the number of its samples, which is
/// the mean of those of the samples.
final class ActivityStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let regularizer: Regularizer
  private let samples: Int

  /// - Parameters:
  ///   - layout: Plain, so that the values of a sample lie together and nothing else lies between them.
  ///   - samples: Those that go through at a time.
  init(name: String, _ regularizer: Regularizer, layout: Layout, samples: Int, hasBackward: Bool) {
    self.name = name
    self.regularizer = regularizer
    self.samples = samples
    self.hasBackward = hasBackward
    input = layout
  }

  let reason = "activity_regularizer looks at every output"
  var kernels: [any ComputeKernel] { [] }
  var output: Layout { input }
  var isInPlace: Bool { true }
  /// The outputs, which a stage after this one may overwrite.
  var recordBytes: Int { hasBackward ? input.byteCount : 0 }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      regularizer: regularizer, samples: samples, size: input.floatCount / samples,
      values: memory.output.floats(input.floatCount), record: memory.record?.floats(input.floatCount),
      gradient: hasBackward ? memory.outputGradient?.floats(input.floatCount) : nil)
  }

  private struct Bound: BoundStage {
    let regularizer: Regularizer
    let samples, size: Int
    let values: UnsafeMutableBufferPointer<Float>
    let record, gradient: UnsafeMutableBufferPointer<Float>?

    /// The samples of a job.
    private static let samplesOfJob = 16

    var forwardJobs: Int { (samples - 1) / Self.samplesOfJob + 1 }
    var backwardJobs: Int { forwardJobs }

    func forward(on turn: Turn) {
      guard let penalties = turn.penalties else { return }
      for sample in jobSamples(turn) {
        let span = sample * size..<(sample + 1) * size
        penalties[turn.placeInChunk + sample] += Float(regularizer.value(values[span]))
        if let record { _ = UnsafeMutableBufferPointer(rebasing: record[span]).update(fromContentsOf: values[span]) }
      }
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let record, let gradient else { return }
      for sample in jobSamples(turn) {
        let span = sample * size..<(sample + 1) * size
        regularizer.addSlopes(
          at: UnsafeBufferPointer(rebasing: record[span]), to: UnsafeMutableBufferPointer(rebasing: gradient[span]),
          scale: turn.gradientScale)
      }
    }

    private func jobSamples(_ turn: Turn) -> Range<Int> {
      let first = min(turn.job * Self.samplesOfJob, turn.samples.count)
      return first..<min(first + Self.samplesOfJob, turn.samples.count)
    }
  }
}
