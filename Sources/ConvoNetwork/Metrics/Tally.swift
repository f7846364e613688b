/// The running loss and metrics over some samples: sums alone, so that it can be kept, continued and compared.
public struct Tally: Sendable, Hashable, Codable {
  /// What is measured beside the loss.
  public let metrics: [Metric]
  /// The samples added so far.
  public private(set) var samples = 0
  private var lossSum = 0.0
  private var sums: [[Double]]

  /// Nothing added yet.
  public init(_ metrics: [Metric]) {
    self.metrics = metrics
    sums = metrics.map { Array(repeating: 0, count: $0.function.sumCount) }
  }

  /// Adds samples with their losses.
  ///
  /// - Parameter penalty: What the model's weights add to the loss.
  public mutating func add(
    _ samples: MeasuredSamples, losses: UnsafeBufferPointer<Float>, penalty: Double = 0
  ) {
    self.samples += samples.rows
    for row in 0..<samples.rows { lossSum += Double(losses[row]) }
    lossSum += penalty * Double(samples.rows)
    for (index, metric) in metrics.enumerated() { metric.function.add(samples, to: &sums[index]) }
  }

  /// Adds what was measured over other samples.
  ///
  /// - Precondition: Both measure the same metrics.
  public mutating func add(_ other: Tally) {
    precondition(other.metrics == metrics)
    samples += other.samples
    lossSum += other.lossSum
    for index in sums.indices {
      for sum in sums[index].indices { sums[index][sum] += other.sums[index][sum] }
    }
  }

  /// Starts again, keeping the memory.
  public mutating func reset() {
    samples = 0
    lossSum = 0
    for index in sums.indices {
      for sum in sums[index].indices { sums[index][sum] = 0 }
    }
  }

  /// The mean loss; NaN where no sample was added.
  public var loss: Double { lossSum / Double(samples) }

  /// The value of a metric, `nil` where it is not measured.
  public func value(of metric: Metric) -> Double? {
    guard let index = metrics.firstIndex(of: metric) else { return nil }
    return metric.function.value(of: sums[index])
  }

  /// Loss and metrics so far.
  public var scores: Scores {
    Scores(
      loss: loss, metrics: zip(metrics, sums).map { MetricValue($0, $0.function.value(of: $1)) })
  }
}

/// A loss, and the metrics measured with it.
public struct Scores: Sendable, Hashable, Codable {
  /// The mean over samples.
  public var loss: Double
  /// In the order in which `compile` names them.
  public var metrics: [MetricValue]

  /// A loss with what was measured beside it.
  public init(loss: Double, metrics: [MetricValue] = []) {
    self.loss = loss
    self.metrics = metrics
  }

  /// The value of a metric, `nil` where it was not measured.
  public subscript(metric: Metric) -> Double? {
    metrics.first { $0.metric == metric }?.value
  }

  /// The metrics under Keras's names; of several with the same one, all but the first are numbered.
  public var named: [(name: String, value: Double)] {
    var counts: [String: Int] = [:]
    return metrics.map { measured in
      let name = measured.metric.name
      let before = counts[name, default: 0]
      counts[name] = before + 1
      return (before == 0 ? name : "\(name)_\(before)", measured.value)
    }
  }

  /// From 0 to 1, `nil` where it was not measured.
  public var accuracy: Double? { self[.accuracy] }
}

/// What a metric came to.
public struct MetricValue: Sendable, Hashable, Codable {
  /// What was measured.
  public var metric: Metric
  /// What it came to.
  public var value: Double

  /// A metric with its value.
  public init(_ metric: Metric, _ value: Double) {
    self.metric = metric
    self.value = value
  }
}
