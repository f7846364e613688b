/// Makes the learning rate smaller when a value of the epochs has stopped getting better: Keras's `ReduceLROnPlateau`,
/// decision for decision.
public struct ReduceLearningRate: Sendable, Hashable {
  /// What must get better.
  public var monitor: MonitoredMetric
  /// What the learning rate is multiplied by.
  public var factor: Double
  /// After how many epochs without an improvement.
  public var patience: Int
  /// How many epochs are not counted after the learning rate was made smaller.
  public var cooldown: Int
  /// The learning rate gets no smaller than this.
  public var leastRate: Double

  /// Keras's defaults for what is not given.
  public init(
    _ monitor: MonitoredMetric = MonitoredMetric("val_loss", minDelta: 1e-4), factor: Double = 0.1, patience: Int = 10,
    cooldown: Int = 0, leastRate: Double = 0
  ) {
    self.monitor = monitor
    self.factor = factor
    self.patience = patience
    self.cooldown = cooldown
    self.leastRate = leastRate
  }

  /// What is remembered from epoch to epoch.
  struct Memory: Sendable, Hashable {
    /// The epochs since the last improvement.
    var wait = 0
    var best: Double?
    /// The epochs that will not be counted.
    var cooldown = 0
  }

  /// Looks at the value of an epoch that was trained with a learning rate.
  ///
  /// - Returns: The learning rate from now on, where it is another.
  func decide(_ value: Double, rate: Double, _ memory: inout Memory) -> Double? {
    if memory.cooldown > 0 {
      memory.cooldown -= 1
      memory.wait = 0
    }
    if monitor.isImprovement(value, over: memory.best) {
      memory.best = value
      memory.wait = 0
      return nil
    }
    guard memory.cooldown == 0 else { return nil }
    memory.wait += 1
    guard memory.wait >= patience, Float(rate) > Float(leastRate) else { return nil }
    memory.cooldown = cooldown
    memory.wait = 0
    // Keras keeps the rate in 32 bits; of all numbers that are the same there, the shortest is the one to show.
    let reduced = Float(max(Double(Float(rate)) * factor, leastRate))
    return Double("\(reduced)") ?? Double(reduced)
  }
}
