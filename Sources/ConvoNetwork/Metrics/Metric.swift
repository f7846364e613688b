public import ConvoSchema

/// What is measured beside the loss, for people to read: training does not use it.
///
/// Each case has its arithmetic in a file of its own; this list is the catalog.
public enum Metric: String, CaseIterable, Sendable, Hashable, Codable {
  case accuracy
  case binaryAccuracy = "binary_accuracy"
  case categoricalAccuracy = "categorical_accuracy"
  case sparseCategoricalAccuracy = "sparse_categorical_accuracy"
  case precision, recall, auc

  /// The arithmetic and the help of the metric.
  var function: any MetricFunction.Type {
    switch self {
    case .accuracy: Accuracy.self
    case .binaryAccuracy: BinaryAccuracy.self
    case .categoricalAccuracy: CategoricalAccuracy.self
    case .sparseCategoricalAccuracy: SparseCategoricalAccuracy.self
    case .precision: Precision.self
    case .recall: Recall.self
    case .auc: AreaUnderCurve.self
    }
  }

  /// What can be typed, and what help says.
  public var schema: Schema { function.schema }

  /// The metric that answers to a name: `accuracy`, `acc`.
  public init?(named name: String) {
    guard let metric = Metric.allCases.first(where: { $0.schema.answers(to: name) }) else { return nil }
    self = metric
  }

  /// Whether the metric takes the outputs for probabilities, and counts those above one half as yes.
  func wantsProbabilities(outputs: Int) -> Bool {
    switch self {
    case .accuracy: outputs == 1
    case .binaryAccuracy, .precision, .recall, .auc: true
    case .categoricalAccuracy, .sparseCategoricalAccuracy: false
    }
  }

  /// Whether the metric can be measured beside a loss. Throws what is wrong, and how to mend it.
  func check(loss: Loss, outputs: Int) throws(CompileProblem) {
    let targetWidth = loss.targetWidth(outputs: outputs)
    guard !function.accepts(outputs: outputs, targetWidth: targetWidth) else { return }
    let truth = targetWidth == 1 ? "one number" : "\(targetWidth) numbers"
    throw CompileProblem(
      """
      \(rawValue) does not go with \(loss.kind.rawValue) and \(outputs == 1 ? "one output" : "\(outputs) outputs"), \
      where the truth of an image is \(truth): it is for \(function.domain)
      """,
      help: loss.kind == .sparseCategoricalCrossentropy && function.accepts(outputs: outputs, targetWidth: outputs)
        ? "use accuracy, or compile loss=categorical_crossentropy and load with class_mode=categorical"
        : "use accuracy, which suits every model")
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

  /// What `accepts` accepts, in words that fit behind "it is for".
  static var domain: String { get }

  /// Whether the metric means something for models with as many outputs, and as many numbers of truth for a sample.
  static func accepts(outputs: Int, targetWidth: Int) -> Bool

  /// Adds samples to the sums. Shapes as in `Loss.evaluate`.
  static func add(_ samples: MeasuredSamples, to sums: inout [Double])

  /// The value; NaN or 0 where no sample was added.
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

  /// The outputs and the truth of one sample.
  func forEachSample(_ body: (_ outputs: Row, _ targets: Row) -> Void) {
    for row in 0..<rows {
      body(
        Row(rebasing: outputs[row * width..<(row + 1) * width]),
        Row(rebasing: targets[row * targetWidth..<(row + 1) * targetWidth]))
    }
  }

  /// Each output with its truth, as if it were a sample by itself: whether the truth is yes, as Keras reads it.
  func forEachOutput(_ body: (_ output: Float, _ isTrue: Bool) -> Void) {
    for index in 0..<rows * min(width, targetWidth) { body(outputs[index], targets[index] != 0) }
  }
}
