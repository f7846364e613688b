public import ConvoSchema

/// What is measured beside the loss, for people to read: training does not use it.
///
/// Each case has a file of its own; this list is the catalog.
public enum Metric: String, CaseIterable, Sendable, Hashable, Codable {
  /// The share of right answers.
  case accuracy

  /// The arithmetic and the help of the metric.
  var function: any MetricFunction.Type {
    switch self {
    case .accuracy: Accuracy.self
    }
  }

  /// What can be typed, and what help says.
  public var schema: Schema { function.schema }

  /// The metric that answers to a name: `accuracy`, `acc`.
  public init?(named name: String) {
    guard let metric = Metric.allCases.first(where: { $0.schema.answers(to: name) }) else { return nil }
    self = metric
  }
}

/// The arithmetic of one metric: sums over samples, and a value computed from them.
///
/// The sums of two groups of samples, added up, are the sums of both: so running values, validation in steps and an
/// interrupted epoch need nothing more than the sums.
protocol MetricFunction {
  static var schema: Schema { get }

  /// How many sums are kept.
  static var sumCount: Int { get }

  /// Adds samples to the sums. Shapes as in `Loss.evaluate`.
  static func add(_ samples: MeasuredSamples, to sums: inout [Double])

  /// The value; NaN where no sample was added.
  static func value(of sums: [Double]) -> Double
}

/// The outputs of a model for some samples, and the truth.
public struct MeasuredSamples {
  /// The number of samples.
  public var rows: Int
  /// The number of outputs of the model.
  public var width: Int
  /// `[rows, width]`.
  public var outputs: UnsafeBufferPointer<Float>
  /// 1 where the truth is one number, else `width`.
  public var targetWidth: Int
  /// `[rows, targetWidth]`.
  public var targets: UnsafeBufferPointer<Float>

  /// Views of a batch's numbers.
  public init(
    rows: Int, width: Int, outputs: UnsafeBufferPointer<Float>, targetWidth: Int, targets: UnsafeBufferPointer<Float>
  ) {
    self.rows = rows
    self.width = width
    self.outputs = outputs
    self.targetWidth = targetWidth
    self.targets = targets
  }
}
