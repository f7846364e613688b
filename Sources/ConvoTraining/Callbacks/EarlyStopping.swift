/// Ends a `fit` once a value of the epochs has stopped getting better: Keras's callback, decision for decision.
public struct EarlyStopping: Sendable, Hashable {
  /// What must get better.
  public var monitor: MonitoredMetric
  /// After how many epochs without an improvement to stop.
  public var patience: Int
  /// What the value must be better than for an epoch to count as an improvement; `nil` for nothing.
  public var baseline: Double?
  /// Whether the weights of the best epoch take the place of the last ones when the `fit` ends, however it ends.
  public var restoresBestWeights: Bool
  /// How many epochs of the `fit` are not looked at.
  public var startFromEpoch: Int

  /// Keras's defaults for what is not given.
  public init(
    _ monitor: MonitoredMetric = MonitoredMetric("val_loss", minDelta: 0), patience: Int = 0, baseline: Double? = nil,
    restoresBestWeights: Bool = false, startFromEpoch: Int = 0
  ) {
    self.monitor = monitor
    self.patience = patience
    self.baseline = baseline
    self.restoresBestWeights = restoresBestWeights
    self.startFromEpoch = startFromEpoch
  }

  /// What is remembered from epoch to epoch.
  struct Memory: Sendable, Hashable {
    /// The epochs since the last improvement.
    var wait = 0
    var best: Double?
    /// The number of the epoch with the best value, or of the first one looked at.
    var bestEpoch: Int?
  }

  /// What an epoch leads to.
  enum Decision: Hashable {
    case goOn
    /// These are the best weights so far.
    case goOnWithBest
    case stop
  }

  /// Looks at the value of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: Its number over the whole life of the weights.
  ///   - index: Its number in this `fit`, from 0.
  func decide(_ value: Double, epoch: Int, index: Int, _ memory: inout Memory) -> Decision {
    guard index >= startFromEpoch else { return .goOn }
    let isFirst = memory.bestEpoch == nil
    if isFirst { memory.bestEpoch = epoch }
    memory.wait += 1
    if monitor.isImprovement(value, over: memory.best) {
      memory.best = value
      memory.bestEpoch = epoch
      if baseline == nil || monitor.isImprovement(value, over: baseline) { memory.wait = 0 }
      return .goOnWithBest
    }
    if memory.wait >= patience, index > 0 { return .stop }
    return isFirst ? .goOnWithBest : .goOn
  }
}

/// Why a `fit` ended before its last epoch.
public struct EarlyStop: Sendable, Hashable {
  /// The last epoch.
  public var epoch: Int
  public var bestEpoch: Int
  /// How many epochs there was no improvement.
  public var wait: Int
  /// What was waited for.
  public var rule: EarlyStopping
  /// Whether the best value is better than the baseline, or there is none.
  public var hasReachedBaseline: Bool
}
