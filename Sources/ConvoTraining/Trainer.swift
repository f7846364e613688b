public import ConvoData
public import ConvoNetwork
public import ConvoTensor

/// Trains and measures a model. Everything blocks: call it on a thread that may.
///
/// Nothing is kept between calls but what the caller keeps: a `LearnedState` goes in, another comes out.
public struct Trainer: Sendable {
  /// The model, with what `compile` set.
  public let model: Model
  /// How many threads compute. The results are the same bits for any number.
  public let threads: Int
  /// Decides the random numbers of training, such as what dropout leaves out.
  public let seed: UInt64
  /// The set of convo's own kernels to use. Another set rounds otherwise.
  public let kernels: KernelSet

  /// A trainer of a model.
  public init(_ model: Model, threads: Int, seed: UInt64 = 0, kernels: KernelSet = .best) {
    self.model = model
    self.threads = threads
    self.seed = seed
    self.kernels = kernels
  }

  /// Trains for some epochs, from where the state is.
  ///
  /// An interrupted epoch is finished first, from the batch after the last one; the weights and the history then come to
  /// the same bits as without the interruption.
  ///
  /// - Parameters:
  ///   - state: What was learned so far.
  ///   - train: The images to learn from.
  ///   - validation: Images to measure the model on after every epoch.
  ///   - isInterrupted: Asked between batches.
  ///   - report: Called on this thread.
  /// - Returns: What was learned, also where the training was interrupted or failed on its way: nothing is lost.
  /// - Throws: What is wrong before the first step.
  public func fit(
    from state: LearnedState, on train: ImageGenerator, validation: ImageGenerator? = nil, settings: FitSettings,
    isInterrupted: @escaping () -> Bool = { false }, report: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> FitOutcome {
    try settings.check(after: state)
    let generators = [train] + (validation.map { [$0] } ?? [])
    let compiled = try checked(state, on: generators)
    try settings.callbacks.check(
      available: compiled.measuredNames + (validation == nil ? [] : compiled.measuredNames.map { "val_" + $0 }))
    report(.preparing("planning the network's work and memory"))
    let runner = try runner(
      compiled, state, on: generators, forTraining: true, isProfiled: settings.isProfiled)
    let data = EpochStreams(
      train: train, validation: validation, settings: settings, lastEpoch: state.epochsDone + settings.epochs)
    return FitLoop(
      compiled, runner, data, settings, from: state, isInterrupted: isInterrupted, report: report
    ).run()
  }

  /// How the model is run when it trains on batches of so many images: which stages, why, and how much work each is.
  public func plan(batchSize: Int) throws(TrainingError) -> PlanDescription {
    do {
      return try Executor(model, largestBatch: batchSize, threads: 1, forTraining: true, kernels: kernels)
        .planDescription
    } catch {
      throw .network(error)
    }
  }

  /// The network, with room for the largest batch of the generators.
  func runner(
    _ compiled: CompileSettings, _ state: LearnedState, on generators: [ImageGenerator], forTraining: Bool,
    isProfiled: Bool = false
  ) throws(TrainingError) -> BatchRunner {
    try BatchRunner(
      model, compiled, from: state, classes: generators.map(\.classNames.count).max() ?? 0,
      largestBatch: generators.map { min($0.options.batchSize, $0.count) }.max() ?? 1, threads: threads,
      kernels: kernels, forTraining: forTraining, seed: seed, isProfiled: isProfiled)
  }

  /// The settings of `compile`, once model, loss, weights and images are found to go together.
  func checked(_ state: LearnedState, on generators: [ImageGenerator]) throws(TrainingError) -> CompileSettings {
    do {
      for generator in generators { try model.check(labelled: ImageSource(generator)) }
    } catch {
      throw .mismatch(error)
    }
    guard state.fits(model) else { throw .weights(have: state.weights.count, need: model.parameterCount) }
    guard let compiled = model.compiled else {
      throw .mismatch(CompileProblem("the model \(model.name) is not compiled", help: "compile it first"))
    }
    return compiled
  }
}

extension CompileSettings {
  /// What every epoch will have, under Keras's names.
  fileprivate var measuredNames: [String] {
    ["loss"] + Scores(loss: 0, metrics: metrics.map { MetricValue($0, 0) }).named.map(\.name)
  }
}
