import ConvoTensor

/// Batch normalisation of rows: each job has some columns of the whole batch to itself.
final class RowNormalizationStage: Stage {
  let name: String
  let input: Layout
  let hasBackward: Bool
  private let width: Int
  private let statistics: BatchStatistics
  private let kernel: NormalizationKernel

  init(name: String, layout: Layout, width: Int, statistics: BatchStatistics, kernels: KernelSet, hasBackward: Bool) {
    kernel = NormalizationKernel(set: kernels)
    self.name = name
    self.hasBackward = hasBackward
    self.width = width
    self.statistics = statistics
    input = layout
  }

  let reason = "statistics of the whole batch, column by column"
  var kernels: [any ComputeKernel] { [] }
  var output: Layout { input }
  var readsInput: Bool { hasBackward }
  var hasWeights: Bool { statistics.hasWeights }
  var packedBytes: Int { statistics.bytes }
  /// Two columns of double precision and two runs.
  var scratchFloats: Int { 6 * Self.columns }
  var operations: Work { Work(forward: 7 * input.floatCount, backward: hasBackward ? 9 * input.floatCount : 0) }

  /// The columns of a job.
  private static let columns = 64

  func refresh(on stream: ComputeStream) { statistics.refresh() }
  func publish(_ gradients: [Tensor], on stream: ComputeStream) { statistics.remember() }

  func bind(_ memory: StageMemory) throws(ComputeError) -> any BoundStage {
    Bound(
      stage: self, input: memory.input.pointer, output: memory.output.pointer,
      inputGradient: hasBackward ? memory.inputGradient?.pointer : nil,
      outputGradient: hasBackward ? memory.outputGradient?.pointer : nil)
  }

  private struct Bound: BoundStage {
    let stage: RowNormalizationStage
    let input, output: UnsafeMutablePointer<Float>
    let inputGradient, outputGradient: UnsafeMutablePointer<Float>?

    var forwardJobs: Int { (stage.width - 1) / RowNormalizationStage.columns + 1 }
    var backwardJobs: Int { forwardJobs }

    private func columns(_ turn: Turn) -> Range<Int> {
      let first = turn.job * RowNormalizationStage.columns
      return first..<min(first + RowNormalizationStage.columns, stage.width)
    }

    func forward(on turn: Turn) {
      let columns = columns(turn)
      let (first, statistics) = (columns.lowerBound, stage.statistics)
      let part = NormalizationKernel.Part(rows: turn.samples.count, width: columns.count, stride: stage.width)
      guard turn.isTraining else {
        return stage.kernel.forward(
          part, input + first, center: statistics.movingCenter + first, scale: statistics.movingScale + first,
          shift: statistics.shift + first, into: output + first)
      }
      if turn.job == 0 { statistics.isMeasured = part.rows > 0 }
      turn.withSums(columns.count) { sums, squares, run in
        stage.kernel.sum(part, input + first, center: nil, into: sums, run: run)
        for column in columns {
          statistics.mean[column] = Float(sums[column - first] / Double(max(part.rows, 1)))
        }
        stage.kernel.sum(part, input + first, center: statistics.mean + first, into: squares, run: run)
        statistics.finishForward(columns, count: part.rows, squares: squares)
      }
      stage.kernel.forward(
        part, input + first, center: statistics.mean + first, scale: statistics.scale + first,
        shift: statistics.shift + first, into: output + first)
    }

    func backward(addingTo gradients: [Tensor], on turn: Turn) {
      guard let outputGradient else { return }
      let columns = columns(turn)
      let (first, statistics) = (columns.lowerBound, stage.statistics)
      let part = NormalizationKernel.Part(rows: turn.samples.count, width: columns.count, stride: stage.width)
      turn.withSums(columns.count) { sums, products, run in
        stage.kernel.sumSlopes(
          part, input + first, gradient: outputGradient + first, center: statistics.mean + first, into: sums,
          products: products, run: run)
        statistics.finishBackward(columns, count: part.rows, sums: sums, products: products)
      }
      guard let inputGradient else { return }
      stage.kernel.backward(
        part, input + first, gradient: outputGradient + first, center: statistics.mean + first,
        scale: statistics.scale + first, gradientCenter: statistics.gradientMean + first,
        inputFactor: statistics.inputFactor + first, into: inputGradient + first)
    }
  }
}

extension Turn {
  /// Lends two rows of zeros in double precision and room for two in single precision, from the working memory: 6 ·
  /// `width` floats.
  func withSums(
    _ width: Int,
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Float>) -> Void
  ) {
    guard let scratch = scratch.baseAddress else { return }
    scratch.withMemoryRebound(to: Double.self, capacity: 2 * width) { sums in
      sums.update(repeating: 0, count: 2 * width)
      body(sums, sums + width, scratch + 4 * width)
    }
  }
}
