public import ConvoTensor

/// A model made ready to run: oneDNN's primitives and live buffers. It belongs to one trainer, which calls it from one
/// thread at a time; its own threads do the work.
///
/// All threads work together on one chunk of samples at a time; see `StepRunner`. Memory is planned when the executor is
/// made; a step keeps none.
public final class Executor {
  /// Writes the inputs of samples of the batch, `[samples, inputs]`. Called from several threads at once.
  public typealias Fill = @Sendable (_ samples: Range<Int>, _ into: UnsafeMutableBufferPointer<Float>) -> Void

  /// Where each weight lies in `weights` and `gradients`.
  public let layout: WeightLayout
  /// The weights, in Keras's layouts. Whoever calls the executor may change them between two calls.
  public let weights: FloatBuffer
  /// What `gradientStep` leaves: d (mean loss) / d weights.
  public let gradients: FloatBuffer
  let plan: Plan
  let runner: StepRunner
  /// Nanoseconds.
  var optimizerTime: UInt64 = 0

  /// - Parameters:
  ///   - largestBatch: The number of samples that the executor is tuned for.
  ///   - threads: How many threads work at a time.
  ///   - forTraining: Whether `gradientStep` will be called; without it much less memory is needed.
  ///   - kernels: The set of convo's own kernels to use.
  ///   - isProfiled: Whether `profile` will say where the time went.
  /// - Throws: `tooLarge` where the machine has not enough memory; what the compute library can't do.
  public init(
    _ model: Model, largestBatch: Int, threads: Int, forTraining: Bool, kernels: KernelSet = .best,
    isProfiled: Bool = false
  ) throws(ExecutorError) {
    // Memory counts only once it is written to, so what follows may still find the model too large.
    let parameters = ParameterStore(model, forTraining: forTraining)
    layout = parameters.layout
    weights = parameters.weights
    gradients = parameters.gradients
    let team = try ThreadTeam(count: min(max(threads, 1), 256))
    var made: Result<(Plan, StepRunner), ExecutorError> = .failure(.noThreads)
    // oneDNN fits primitives to the thread that makes them.
    team.run(1) { _, _ in
      made = Result { () throws(ExecutorError) in
        let plan = try Plan(
          model, parameters: parameters, largestBatch: largestBatch, forTraining: forTraining, kernels: kernels)
        return (plan, try Self.allocate(plan, team, weights: parameters.layout.count, isProfiled: isProfiled))
      }
    }
    (plan, runner) = try made.get()
  }

  private static func allocate(
    _ plan: Plan, _ team: ThreadTeam, weights: Int, isProfiled: Bool
  ) throws(ExecutorError) -> StepRunner {
    let shardBytes = GradientSums.floats(plan.stages) * MemoryLayout<Float>.stride
    let shardCount = plan.forTraining ? Self.shardCount(bytes: shardBytes) : 0
    let packed = plan.stages.reduce(0) { $0 + $1.packedBytes }
    let flat = weights * MemoryLayout<Float>.stride * (plan.forTraining ? 2 : 1)
    try check(
      ChunkMemory.bytes(plan) + Worker.bytes(plan) * team.count + shardBytes * shardCount + packed + flat)
    do {
      var shards: [GradientSums] = []
      for _ in 0..<shardCount { shards.append(try GradientSums(plan.stages)) }
      return try StepRunner(plan, on: team, shards: shards, isTimed: isProfiled)
    } catch {
      throw .library(error)
    }
  }

  /// Enough for all threads to end at about the same time, fewer where the gradients of a model are large. Depends on
  /// nothing but the model.
  private static func shardCount(bytes: Int) -> Int {
    min(max((256 << 20) / max(bytes, 1), 2), 16)
  }

  private static func check(_ bytes: Int) throws(ExecutorError) {
    let available = Memory.available
    if bytes > available { throw .tooLarge(needed: bytes, available: available) }
  }
}

extension Executor {
  /// Forward, loss and backward over `count` samples. `gradients` receives d (mean loss) / d weights; weights that are
  /// statistics of what went through change at once.
  ///
  /// - Parameters:
  ///   - targets: `[count, targetWidth]`, the truth.
  ///   - predictions: `[count, outputs]`, receives the outputs.
  ///   - losses: `[count]`, receives the loss of each sample.
  ///   - lossScale: What the loss is multiplied by before its gradient is taken.
  ///   - noise: Decides the random numbers of the step.
  /// - Throws: `stopped` where an operation fails while it runs. The weights are then as they were.
  public func gradientStep(
    count: Int, inputs: Fill, targets: UnsafeBufferPointer<Float>, loss: Loss, lossScale: Float = 1,
    predictions: UnsafeMutableBufferPointer<Float>, losses: UnsafeMutableBufferPointer<Float>,
    noise: NoiseKey = NoiseKey()
  ) throws(ExecutorError) {
    precondition(plan.forTraining, "the executor was not made for training")
    if count < 1 { gradients.values.update(repeating: 0) }
    try run(
      inputs, count: count, predictions: predictions,
      targets: Targets(loss: loss, values: targets, losses: losses, lossScale: lossScale), isTraining: true,
      noise: noise)
  }

  /// Forward and loss over `count` samples, with the weights as they are.
  public func evaluate(
    count: Int, inputs: Fill, targets: UnsafeBufferPointer<Float>, loss: Loss,
    predictions: UnsafeMutableBufferPointer<Float>, losses: UnsafeMutableBufferPointer<Float>
  ) throws(ExecutorError) {
    try run(
      inputs, count: count, predictions: predictions,
      targets: Targets(loss: loss, values: targets, losses: losses), isTraining: false)
  }

  /// Forward alone over `count` samples. `predictions`, `[count, outputs]`, receives the outputs.
  public func predict(
    count: Int, inputs: Fill, predictions: UnsafeMutableBufferPointer<Float>
  ) throws(ExecutorError) {
    try run(inputs, count: count, predictions: predictions, targets: nil, isTraining: false)
  }

  private func run(
    _ inputs: Fill, count: Int, predictions: UnsafeMutableBufferPointer<Float>, targets: Targets?, isTraining: Bool,
    noise: NoiseKey = NoiseKey()
  ) throws(ExecutorError) {
    let outcome = withoutActuallyEscaping(inputs) { inputs in
      Result { () throws(ExecutorError) in
        try runner.run(
          Step(
            count: count, inputs: inputs, predictions: predictions, targets: targets, isTraining: isTraining,
            noise: noise))
      }
    }
    try outcome.get()
  }

  /// Makes the next step fail, as an operation of a broken machine would.
  package func failNextStep(_ error: ComputeError) {
    for worker in runner.workers { worker.stream.fail(error) }
  }

  /// What oneDNN calls the code that it chose, for each operation of each stage.
  public var implementationNames: [String] {
    plan.stages.flatMap { stage in
      stage.kernels.flatMap { kernel in kernel.implementationNames.map { "\(stage.name): \($0)" } }
    } + (plan.head?.implementationNames ?? [])
  }
}

extension Executor {
  /// Does parts `0..<parts` of other work, each once, on the executor's threads, and waits for the last.
  public func run(parts: Int, _ work: (_ part: Int) -> Void) {
    runner.run(parts: parts, work)
  }
}
