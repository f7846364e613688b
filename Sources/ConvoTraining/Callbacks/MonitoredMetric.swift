/// The value of each epoch that a callback decides by, and which of two values is the better one: what Keras's
/// `MonitorCallback` knows.
public struct MonitoredMetric: Sendable, Hashable {
  /// Which values are the better ones.
  public enum Mode: String, Sendable, CaseIterable {
    /// The lower ones of a loss, the higher ones of anything else.
    case auto
    case min, max
  }

  /// As the history has it: `val_loss`.
  public var name: String
  public var mode: Mode
  /// By how much a value must be better to count as better; its sign does not matter.
  public var minDelta: Double

  public init(_ name: String, mode: Mode = .auto, minDelta: Double) {
    self.name = name
    self.mode = mode
    self.minDelta = minDelta
  }

  /// Whether lower values are the better ones.
  public var wantsLower: Bool {
    switch mode {
    case .min: true
    case .max: false
    case .auto: name == "loss" || name == "val_loss"
    }
  }

  /// Whether a value is better than another. Keras takes off `min_delta` in 64 bits and compares in 32; nothing is
  /// better than what is not a number, and what is not a number is better than nothing.
  func isImprovement(_ value: Double, over reference: Double?) -> Bool {
    guard let reference else { return true }
    return wantsLower
      ? Float(value + abs(minDelta)) < Float(reference) : Float(value - abs(minDelta)) > Float(reference)
  }
}
