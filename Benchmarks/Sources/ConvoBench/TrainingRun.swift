import ConvoNetwork
import ConvoTensor

/// Training steps on one batch that lies in memory: what a step of `fit` does once its pictures are decoded.
final class TrainingRun {
  /// What a step took, and the batch's mean loss before it.
  struct Step: Encodable {
    var seconds: Double
    var loss: Double
  }

  private let executor: Executor
  private let compiled: CompileSettings
  private let batch: Int
  private let pictures: FloatBuffer
  private let targets: FloatBuffer
  private let predictions: FloatBuffer
  private let losses: FloatBuffer
  private let update: WeightUpdate
  private var optimizer: OptimizerState

  /// - Parameters:
  ///   - pictures: `[batch, height, width, channels]`.
  ///   - targets: `[batch, targetWidth]`, the truth.
  init(
    _ model: Model, _ compiled: CompileSettings, pictures: FloatBuffer, targets: FloatBuffer, batch: Int, threads: Int
  ) throws(BenchError) {
    do {
      executor = try Executor(model, largestBatch: batch, threads: threads, forTraining: true)
    } catch {
      throw .failed(error.problem)
    }
    _ = executor.weights.values.update(from: model.initialWeights(seed: 0))
    self.compiled = compiled
    self.batch = batch
    self.pictures = pictures
    self.targets = targets
    predictions = FloatBuffer(count: batch * (model.outputShape.count ?? 0))
    losses = FloatBuffer(count: batch)
    update = WeightUpdate(
      compiled.optimizer, variables: executor.layout.entries.filter(\.weight.isTrainable).map(\.range))
    optimizer = OptimizerState(for: compiled.optimizer, weights: executor.layout.count)
  }

  /// One step of the optimizer.
  func step() throws(BenchError) -> Step {
    let watch = Stopwatch()
    try computeGradients()
    update.step(&optimizer, weights: executor.weights.values, gradients: executor.gradients.values) {
      executor.run(parts: $0, $1)
    }
    let seconds = watch.seconds
    return Step(seconds: seconds, loss: losses.values.reduce(0) { $0 + Double($1) } / Double(batch))
  }

  private func computeGradients() throws(BenchError) {
    let (pictures, picture) = (pictures, pictures.count / batch)
    do {
      try executor.gradientStep(
        count: batch,
        inputs: { samples, destination in
          let source = pictures.values[samples.lowerBound * picture..<samples.upperBound * picture]
          _ = destination.update(from: source)
        },
        targets: UnsafeBufferPointer(targets.values), loss: compiled.loss, predictions: predictions.values,
        losses: losses.values)
    } catch {
      throw .failed(error.problem)
    }
  }
}
