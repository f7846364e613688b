public import ConvoNetwork

/// All that training makes: a value, so that keeping, rewinding or forking a model is assigning it.
///
/// Training goes on from a state to the same bits wherever it was interrupted, and whatever the number of threads.
public struct LearnedState: Sendable, Hashable {
  /// Layer by layer, in Keras's order and layouts.
  public var weights: [Float]
  /// What the optimizer remembers; `nil` before its first step, and after `compile`.
  public var optimizer: OptimizerState?
  /// The finished epochs, in order.
  public var history: [EpochRecord] = []
  /// The epoch in which training was interrupted; `nil` between epochs.
  public internal(set) var unfinished: UnfinishedEpoch?
  /// The optimizer's, where training has made it smaller than `compile` set it.
  public internal(set) var learningRate: Double?
  /// What the callbacks of an interrupted `fit` remember.
  var unfinishedCallbacks: CallbackMemory?
  /// What can be gone back to.
  var kept = KeptEpochs()

  /// Weights as they are before any training, or as they were read from a file.
  public init(weights: [Float]) {
    self.weights = weights
  }

  /// The first values of a model's weights, decided by the seed.
  public init(initial model: Model, seed: UInt64) {
    self.init(weights: model.initialWeights(seed: seed))
  }

  /// The number of the last finished epoch; 0 before.
  public var epochsDone: Int { history.last?.epoch ?? 0 }

  /// How long an epoch of training took, on average; `nil` before the first has finished.
  public var secondsPerEpoch: Double? {
    history.isEmpty ? nil : history.map(\.seconds).reduce(0, +) / Double(history.count)
  }

  /// Whether the weights are as many as the model has.
  public func fits(_ model: Model) -> Bool {
    weights.count == model.parameterCount
  }

  /// The state for a model that was compiled anew: weights and history stay, the optimizer begins afresh, as in Keras.
  public func recompiled() -> LearnedState {
    var state = self
    state.optimizer = nil
    state.unfinished = nil
    state.learningRate = nil
    state.unfinishedCallbacks = nil
    state.kept.recompile()
    return state
  }
}

/// An epoch that was interrupted, with all that finishing it needs.
///
/// Once all its steps are done, it is validation that is missing, and that is done from its beginning.
public struct UnfinishedEpoch: Sendable, Hashable {
  /// What the epoch goes through; only the same plan can finish it.
  public let plan: EpochPlan
  /// The steps that are done.
  public internal(set) var stepsDone = 0
  /// The loss and the metrics over these steps.
  public internal(set) var tally: Tally
  /// Spent on training so far.
  public internal(set) var seconds = 0.0

  init(_ plan: EpochPlan) {
    self.plan = plan
    tally = Tally(plan.metrics)
  }
}
