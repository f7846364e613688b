/// What looks at the end of every epoch of a `fit`.
public struct FitCallbacks: Sendable, Hashable {
  public var earlyStopping: EarlyStopping?
  public var reduceLearningRate: ReduceLearningRate?

  public init(earlyStopping: EarlyStopping? = nil, reduceLearningRate: ReduceLearningRate? = nil) {
    self.earlyStopping = earlyStopping
    self.reduceLearningRate = reduceLearningRate
  }

  /// Throws where a value is asked for that no epoch will have.
  func check(available: [String]) throws(TrainingError) {
    let wanted = [("early_stopping", earlyStopping?.monitor), ("reduce_lr", reduceLearningRate?.monitor)]
    for (parameter, monitor) in wanted {
      guard let monitor, !available.contains(monitor.name) else { continue }
      throw .monitor(parameter: parameter, name: monitor.name, available: available)
    }
  }
}

/// What the callbacks of a `fit` remember: a value, so that a `fit` that was interrupted goes on with it.
///
/// Each `fit` starts with a new one, as in Keras.
struct CallbackMemory: Sendable, Hashable {
  let callbacks: FitCallbacks
  /// The epochs that this `fit` has finished.
  private(set) var epochs = 0
  private(set) var stopping = EarlyStopping.Memory()
  private var reduction = ReduceLearningRate.Memory()
  /// The best epoch's weights, where they can't be kept elsewhere.
  private(set) var bestWeights: [Float]?

  init(_ callbacks: FitCallbacks) {
    self.callbacks = callbacks
  }

  /// What an epoch leads to.
  struct Decisions {
    var stop: EarlyStop?
    /// Whether its weights are the best so far, and will be wanted at the end.
    var wantsWeights = false
    /// The learning rate from now on, where it is another.
    var rate: Double?
  }

  /// Looks at a finished epoch.
  mutating func decide(_ record: EpochRecord) -> Decisions {
    defer { epochs += 1 }
    var decisions = Decisions()
    func value(_ monitor: MonitoredMetric) -> Double? { record.measured.first { $0.name == monitor.name }?.value }
    if let rule = callbacks.earlyStopping, let value = value(rule.monitor) {
      switch rule.decide(value, epoch: record.epoch, index: epochs, &stopping) {
      case .goOn: break
      case .goOnWithBest: decisions.wantsWeights = rule.restoresBestWeights
      case .stop:
        decisions.stop = EarlyStop(
          epoch: record.epoch, bestEpoch: stopping.bestEpoch ?? record.epoch, wait: stopping.wait, rule: rule,
          hasReachedBaseline: rule.baseline.map { baseline in
            stopping.best.map { rule.monitor.isImprovement($0, over: baseline) } ?? false
          } ?? true)
      }
    }
    if let rule = callbacks.reduceLearningRate, let value = value(rule.monitor) {
      decisions.rate = rule.decide(value, rate: record.learningRate, &reduction)
    }
    return decisions
  }

  /// Remembers the best weights, or that they are kept elsewhere.
  mutating func setBest(_ weights: [Float]?) {
    bestWeights = weights
  }

  /// The epoch whose weights are wanted at the end.
  var epochToRestore: Int? {
    callbacks.earlyStopping?.restoresBestWeights == true ? stopping.bestEpoch : nil
  }
}
