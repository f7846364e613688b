import ConvoData
import ConvoNetwork
import ConvoTensor

/// A compiled network with the buffers that batches need: runs one batch at a time.
final class BatchRunner {
  let executor: Executor
  private let compiled: CompileSettings
  private let classes: Int
  private let seed: UInt64
  private let width: Int
  private let targetWidth: Int
  private let targets: FloatBuffer
  /// The outputs of the last batch, and its losses.
  let predictions, losses: FloatBuffer
  private let update: WeightUpdate
  private let penalty: WeightPenalty
  private let constraints: WeightConstraints
  /// The loss and the metrics of the last batch alone.
  private(set) var tally: Tally

  /// - Parameters:
  ///   - state: Its weights are the network's first.
  ///   - classes: The number of classes of the images.
  ///   - seed: Decides the random numbers of training.
  ///   - isProfiled: Whether the executor measures where the time of training goes.
  init(
    _ model: Model, _ compiled: CompileSettings, from state: LearnedState, classes: Int, largestBatch: Int,
    threads: Int, kernels: KernelSet = .best, forTraining: Bool, seed: UInt64 = 0, isProfiled: Bool = false
  ) throws(TrainingError) {
    width = model.outputShape.count ?? 0
    targetWidth = compiled.loss.targetWidth(outputs: width)
    let copies = forTraining ? Self.copiesInTraining + compiled.optimizer.slotNames.count : 2
    try Self.checkMemory([(model.parameterCount, copies), (largestBatch, width + targetWidth + 1)])
    do {
      executor = try Executor(
        model, largestBatch: largestBatch, threads: threads, forTraining: forTraining, kernels: kernels,
        isProfiled: isProfiled)
    } catch {
      throw .network(error)
    }
    guard state.weights.count == executor.layout.count else {
      throw .weights(have: state.weights.count, need: executor.layout.count)
    }
    _ = executor.weights.values.update(from: state.weights)
    self.compiled = compiled
    self.classes = classes
    self.seed = seed
    targets = FloatBuffer(count: largestBatch * targetWidth)
    predictions = FloatBuffer(count: largestBatch * width)
    losses = FloatBuffer(count: largestBatch)
    update = WeightUpdate(compiled.optimizer, variables: executor.layout.trainableVariables)
    penalty = WeightPenalty(executor.layout)
    constraints = WeightConstraints(executor.layout)
    tally = Tally(compiled.metrics)
  }

  /// How many numbers there are for each weight, without the optimizer's: the state that training began with and the
  /// one that it ends with, and the network's weight and gradient.
  private static let copiesInTraining = 4

  /// - Parameter floats: Products that add up to the numbers that will be kept.
  static func checkMemory(_ floats: [(Int, Int)]) throws(TrainingError) {
    var bytes = 0
    for (left, right) in floats {
      let (product, isTooLarge) = left.multipliedReportingOverflow(by: right)
      let (sum, overflow) = bytes.addingReportingOverflow(product)
      bytes = isTooLarge || overflow ? .max : sum
    }
    bytes = bytes > .max / MemoryLayout<Float>.stride ? .max : bytes * MemoryLayout<Float>.stride
    guard bytes > Memory.available else { return }
    throw .network(.tooLarge(needed: bytes, available: Memory.available))
  }

  /// The outputs for the first sample of the last batch.
  var firstOutputs: [Float] { Array(predictions.values.prefix(width)) }

  /// How far the steps from now on go.
  var learningRate: Double {
    get { update.learningRate }
    set { update.learningRate = newValue }
  }

  /// The weights as they are now.
  var weights: [Float] { Array(executor.weights.values) }

  /// One training step: the gradient of the batch's mean loss, then the optimizer. The tally is of the weights before it.
  ///
  /// - Throws: `network` where computing fails; weights and `state` are then as they were.
  func train(_ batch: Batch, _ state: inout OptimizerState) throws(TrainingError) {
    writeTargets(of: batch)
    let lossScale = compiled.optimizer.options.lossScaleFactor.map { Float($0) } ?? 1
    do {
      try executor.gradientStep(
        count: batch.count, inputs: { batch.writeImages($0, into: $1) },
        targets: UnsafeBufferPointer(targets.values), loss: compiled.loss, lossScale: lossScale,
        predictions: predictions.values, losses: losses.values, noise: NoiseKey(seed: seed, step: state.iterations))
    } catch {
      throw .network(error)
    }
    measure(batch.count, penalty: weightPenalty)
    executor.timeOptimizer {
      penalty.addSlopes(of: executor.weights.values, to: executor.gradients.values, scale: lossScale)
      update.step(&state, weights: executor.weights.values, gradients: executor.gradients.values) {
        executor.run(parts: $0, $1)
      }
      constraints.apply(to: executor.weights.values)
    }
  }

  /// What the optimizer does to the weights when training ends.
  func finish(_ state: OptimizerState) {
    update.finish(state, weights: executor.weights.values)
  }

  /// By all threads, since a label may be a whole picture.
  private func writeTargets(of batch: Batch) {
    let width = batch.classMode.labelWidth(classes: classes, imageSize: batch.imageShape.reduce(1, *))
    guard batch.classMode == .input else {
      return batch.writeLabels(0..<batch.count, classes: classes, into: targets.values)
    }
    let values = targets.values
    executor.run(parts: batch.count) { part in
      batch.writeLabels(
        part..<part + 1, classes: classes,
        into: UnsafeMutableBufferPointer(rebasing: values[part * width..<(part + 1) * width]))
    }
  }

  /// What the weights as they are add to the loss.
  var weightPenalty: Double { penalty.value(executor.weights.values) }

  /// The loss and the metrics of a batch, with the weights as they are.
  ///
  /// - Parameter penalty: The `weightPenalty`, which stays the same for as long as the weights do.
  func evaluate(_ batch: Batch, penalty: Double) throws(TrainingError) {
    writeTargets(of: batch)
    do {
      try executor.evaluate(
        count: batch.count, inputs: { batch.writeImages($0, into: $1) },
        targets: UnsafeBufferPointer(targets.values), loss: compiled.loss, predictions: predictions.values,
        losses: losses.values)
    } catch {
      throw .network(error)
    }
    measure(batch.count, penalty: penalty)
  }

  private func measure(_ count: Int, penalty: Double) {
    tally.reset()
    tally.add(
      MeasuredSamples(
        rows: count, width: width, outputs: UnsafeBufferPointer(predictions.values), targetWidth: targetWidth,
        targets: UnsafeBufferPointer(targets.values)),
      losses: UnsafeBufferPointer(losses.values), penalty: penalty)
  }
}

extension WeightLayout {
  /// Where the weight tensors lie that the optimizer changes.
  fileprivate var trainableVariables: [Range<Int>] {
    entries.filter { $0.weight.isTrainable && !$0.range.isEmpty }.map(\.range)
  }
}
