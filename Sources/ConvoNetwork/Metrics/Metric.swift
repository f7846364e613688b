public import ConvoSchema

/// What is measured beside the loss, for people to read: training does not use it. A value: which metric, with its
/// options.
///
/// Each has its arithmetic in a file of its own; `all` is the catalog.
public enum Metric: Sendable, Hashable, Codable {
  case accuracy
  case binaryAccuracy(BinaryAccuracy = BinaryAccuracy())
  case categoricalAccuracy
  case sparseCategoricalAccuracy
  case precision(Precision = Precision())
  case recall(Recall = Recall())
  case auc(AreaUnderCurve = AreaUnderCurve())

  /// With Keras's defaults, in the order in which help lists them.
  public static let all: [Metric] = [
    .accuracy, .binaryAccuracy(), .categoricalAccuracy, .sparseCategoricalAccuracy, .precision(), .recall(), .auc(),
  ]

  /// The arithmetic of the metric.
  var function: any MetricFunction {
    switch self {
    case .accuracy: Accuracy()
    case .binaryAccuracy(let function): function
    case .categoricalAccuracy: CategoricalAccuracy()
    case .sparseCategoricalAccuracy: SparseCategoricalAccuracy()
    case .precision(let function): function
    case .recall(let function): function
    case .auc(let function): function
    }
  }

  /// What can be typed, and what help says.
  public var schema: Schema { type(of: function).schema }

  /// Keras's name: `binary_accuracy`.
  public var name: String { schema.name }

  /// A metric as it is written: `accuracy`, or `precision(thresholds=0.3)` with its options.
  ///
  /// - Parameter parameter: The parameter that errors name.
  public init(_ text: String, for parameter: String) throws(ArgumentError) {
    guard let call = WrittenCall(text), let metric = Metric.all.first(where: { $0.schema.answers(to: call.name) })
    else {
      throw ArgumentError(
        parameter: parameter, problem: "\(parameter) can't have \(text)",
        help: "metrics are " + Metric.all.map { $0.name }.joined(separator: ", "))
    }
    let arguments = try metric.schema.arguments(of: call, for: parameter)
    switch metric {
    case .accuracy, .categoricalAccuracy, .sparseCategoricalAccuracy: self = metric
    case .binaryAccuracy: self = .binaryAccuracy(try BinaryAccuracy(arguments, for: parameter))
    case .precision:
      var precision = Precision()
      precision.decision = try PositiveDecision(arguments, for: parameter)
      self = .precision(precision)
    case .recall:
      var recall = Recall()
      recall.decision = try PositiveDecision(arguments, for: parameter)
      self = .recall(recall)
    case .auc: self = .auc(try AreaUnderCurve(arguments, for: parameter))
    }
  }

  /// Whether the metric takes the outputs for probabilities, and counts those above one half as yes.
  func wantsProbabilities(outputs: Int) -> Bool {
    switch self {
    case .accuracy: outputs == 1
    case .binaryAccuracy(let function): function == BinaryAccuracy()
    case .precision(let function): function.decision.threshold == 0.5
    case .recall(let function): function.decision.threshold == 0.5
    case .auc(let function): !function.fromLogits
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
      \(name) does not go with \(loss.kind.rawValue) and \(outputs == 1 ? "one output" : "\(outputs) outputs"), \
      where the truth of an image is \(truth): it is for \(type(of: function).domain)
      """,
      help: loss.kind == .sparseCategoricalCrossentropy && function.accepts(outputs: outputs, targetWidth: outputs)
        ? "use accuracy, or compile loss=categorical_crossentropy and load with class_mode=categorical"
        : "use accuracy, which suits every model")
  }
}

/// The arithmetic of one metric with its options: sums over samples, and a value computed from them.
///
/// The sums of two groups of samples, added up, are the sums of both: so running values, validation in steps and an
/// interrupted epoch need nothing more than the sums.
protocol MetricFunction {
  static var schema: Schema { get }

  /// How many sums are kept.
  var sumCount: Int { get }

  /// What `accepts` accepts, in words that fit behind "it is for".
  static var domain: String { get }

  /// Whether the metric means something for models with as many outputs, and as many numbers of truth for a sample.
  func accepts(outputs: Int, targetWidth: Int) -> Bool

  /// Adds samples to the sums. Shapes as in `Loss.evaluate`.
  func add(_ samples: MeasuredSamples, to sums: inout [Double])

  /// The value; NaN or 0 where no sample was added.
  func value(of sums: [Double]) -> Double
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
