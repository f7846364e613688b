public import ConvoTensor

/// A model made ready to run: oneDNN's primitives and live buffers. It belongs to one trainer, which calls it from one
/// thread at a time; its own threads do the work.
///
/// A batch is cut into chunks of samples, and the chunks are dealt to a fixed number of shards. Each shard adds up its
/// gradients in the order of its chunks, and the shards are added up in their order. Threads only take shards: with 1, 2
/// or 8 of them the results are the same bits. Memory is planned when the executor is made; a step takes none.
public final class Executor {
  /// Writes the inputs of samples of the batch, `[samples, inputs]`. Called from several threads at once.
  public typealias Fill = @Sendable (_ samples: Range<Int>, _ into: UnsafeMutableBufferPointer<Float>) -> Void

  /// Where each weight lies in `weights` and `gradients`.
  public let layout: WeightLayout
  /// The weights, in Keras's layouts. Whoever calls the executor may change them between two calls.
  public let weights: FloatBuffer
  /// What `gradientStep` leaves: d (mean loss) / d weights.
  public let gradients: FloatBuffer
  private let plan: Plan
  private let team: ThreadTeam
  private let lanes: [Lane]
  private let shards: [GradientSums]

  /// - Parameters:
  ///   - largestBatch: The number of samples that the executor is tuned for.
  ///   - threads: How many threads work at a time.
  ///   - forTraining: Whether `gradientStep` will be called; without it much less memory is needed.
  /// - Throws: `tooLarge` where the machine has not enough memory; what the compute library can't do.
  public init(_ model: Model, largestBatch: Int, threads: Int, forTraining: Bool) throws(ExecutorError) {
    // Memory counts only once it is written to, so what follows may still find the model too large.
    let parameters = ParameterStore(model, forTraining: forTraining)
    layout = parameters.layout
    weights = parameters.weights
    gradients = parameters.gradients
    let team = try ThreadTeam(count: min(max(threads, 1), 256))
    self.team = team
    var made: Result<(Plan, [Lane], [GradientSums]), ExecutorError> = .failure(.noThreads)
    // oneDNN fits primitives to the thread that makes them.
    team.run(1) { _, _ in
      made = Result { () throws(ExecutorError) in
        let plan = try Plan(model, parameters: parameters, largestBatch: largestBatch, forTraining: forTraining)
        return try Self.allocate(plan, threads: team.count, weights: parameters.layout.count)
      }
    }
    (plan, lanes, shards) = try made.get()
  }

  private static func allocate(
    _ plan: Plan, threads: Int, weights: Int
  ) throws(ExecutorError) -> (Plan, [Lane], [GradientSums]) {
    let shardBytes = GradientSums.floats(plan.stages) * MemoryLayout<Float>.stride
    let shardCount = plan.forTraining ? Self.shardCount(bytes: shardBytes) : 0
    let packed = plan.stages.reduce(0) { $0 + $1.packedBytes }
    let flat = weights * MemoryLayout<Float>.stride * (plan.forTraining ? 2 : 1)
    try check(LaneMemory.bytes(plan) * threads + shardBytes * shardCount + packed + flat)
    do {
      var lanes: [Lane] = []
      for _ in 0..<threads { lanes.append(try Lane(plan)) }
      var shards: [GradientSums] = []
      for _ in 0..<shardCount { shards.append(try GradientSums(plan.stages)) }
      return (plan, lanes, shards)
    } catch {
      throw .library(error)
    }
  }

  /// Enough for eight threads, fewer where the gradients of a model are large. Depends on nothing but the model.
  private static func shardCount(bytes: Int) -> Int {
    min(max((256 << 20) / max(bytes, 1), 2), 8)
  }

  private static func check(_ bytes: Int) throws(ExecutorError) {
    let available = Memory.available
    if bytes > available { throw .tooLarge(needed: bytes, available: available) }
  }
}

extension Executor {
  /// Forward, loss and backward over `count` samples. `gradients` receives d (mean loss) / d weights.
  ///
  /// - Parameters:
  ///   - targets: `[count, targetWidth]`, the truth.
  ///   - predictions: `[count, outputs]`, receives the outputs.
  ///   - losses: `[count]`, receives the loss of each sample.
  ///   - lossScale: What the loss is multiplied by before its gradient is taken.
  public func gradientStep(
    count: Int, inputs: Fill, targets: UnsafeBufferPointer<Float>, loss: Loss, lossScale: Float = 1,
    predictions: UnsafeMutableBufferPointer<Float>, losses: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(plan.forTraining, "the executor was not made for training")
    refresh()
    let chunks = chunks(count)
    let used = Array(shards.prefix(chunks))
    let truth = Targets(loss: loss, values: targets, losses: losses)
    team.run(used.count) { thread, shard in
      let lane = lanes[thread]
      used[shard].clear()
      for chunk in stride(from: shard, to: chunks, by: shards.count) {
        let samples = samples(chunk, count)
        lane.forward(samples, inputs, predictions: predictions)
        lane.measure(samples, truth, gradientScale: lossScale / Float(count), wantsGradient: true)
        lane.backward(samples.count, addingTo: used[shard])
      }
    }
    reduce(used)
  }

  /// Forward and loss over `count` samples, with the weights as they are.
  public func evaluate(
    count: Int, inputs: Fill, targets: UnsafeBufferPointer<Float>, loss: Loss,
    predictions: UnsafeMutableBufferPointer<Float>, losses: UnsafeMutableBufferPointer<Float>
  ) {
    refresh()
    let truth = Targets(loss: loss, values: targets, losses: losses)
    team.run(chunks(count)) { thread, chunk in
      let samples = samples(chunk, count)
      lanes[thread].forward(samples, inputs, predictions: predictions)
      lanes[thread].measure(samples, truth, gradientScale: 1, wantsGradient: false)
    }
  }

  /// Forward alone over `count` samples. `predictions`, `[count, outputs]`, receives the outputs.
  public func predict(count: Int, inputs: Fill, predictions: UnsafeMutableBufferPointer<Float>) {
    refresh()
    team.run(chunks(count)) { thread, chunk in
      lanes[thread].forward(samples(chunk, count), inputs, predictions: predictions)
    }
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
    team.run(parts) { _, part in work(part) }
  }
}

extension Executor {
  private func chunks(_ count: Int) -> Int { (max(count, 0) + plan.chunk - 1) / plan.chunk }

  private func samples(_ chunk: Int, _ count: Int) -> Range<Int> {
    chunk * plan.chunk..<min((chunk + 1) * plan.chunk, count)
  }

  /// Lets the stages read the weights, which may have changed since the last call.
  private func refresh() {
    let stages = plan.stages.filter { $0.packedBytes > 0 }
    team.run(stages.count) { thread, stage in stages[stage].refresh(on: lanes[thread].stream) }
  }

  /// Adds up the shards in their order and hands the sum to the optimizer. Each thread adds a part of the weights.
  private func reduce(_ used: [GradientSums]) {
    guard let first = used.first else {
      gradients.values.update(repeating: 0)
      return
    }
    let part = 1 << 16
    let floats = first.buffer.count
    if used.count > 1 {
      team.run((floats + part - 1) / part) { _, index in
        first.add(used.dropFirst(), part: index * part..<min((index + 1) * part, floats))
      }
    }
    let stages = plan.stages
    team.run(stages.count) { thread, stage in
      stages[stage].publish(first.tensors[stage], on: lanes[thread].stream)
    }
  }
}
