import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The area under a curve that is drawn with thresholds t₀ < 0, …, tₙ₋₁ > 1, as Keras draws it; between those two there
/// are 1/(n-1), 2/(n-1), …, (n-2)/(n-1), or those that are given. For the ROC curve, of recall over the rate of false
/// alarms:
///
///     Σ (fᵢ - fᵢ₊₁) (rᵢ + rᵢ₊₁) / 2
///
/// with rᵢ the share of class 1, and fᵢ the share of class 0, whose outputs are above tᵢ. An output at a threshold is not
/// above it, and what is not a number is above none. Outputs are first clipped to [0, 1] where thresholds are even;
/// several count one by one. `Curve` has the other curves.
public struct AreaUnderCurve: MetricFunction, Sendable, Hashable, Codable {
  public var curve = Curve.roc
  public var summation = Curve.Summation.interpolation
  /// Whether outputs are logits, of which the sigmoid is taken.
  public var fromLogits = false
  /// t₀, …, tₙ₋₁.
  private var thresholds: [Float]
  private var isEven: Bool

  /// Keras's defaults.
  public init() {
    thresholds = Self.even(200)
    isEven = true
  }

  static let schema = Schema(
    "auc", aliases: ["AUC"],
    summary: "How often an image of class 1 gets a larger output than one of class 0",
    details: """
      1 where every image of class 1 is above every image of class 0, 0.5 for guessing. It looks at the order of the \
      outputs alone, at no threshold such as 0.5, and does not mind if one class is rare. As in Keras it is the area \
      under the ROC curve, drawn with 200 thresholds from 0 to 1: outputs between the same two of them count as equal. \
      It is 0 where the images are of one class only.

      With curve=PR it is the area under the curve of precision over recall, which minds if class 1 is rare.
      """,
    parameters: [
      Parameter(
        "num_thresholds", .integer(2...1_000_000), .positional, .defaults(to: .integer(200)),
        help: "How many thresholds the curve is drawn with"),
      Parameter(
        "curve", .choice(Curve.allCases.map(\.rawValue)), .positional, .defaults(to: .text(Curve.roc.rawValue)),
        help: "ROC, or PR for precision over recall, or PRGAIN for their gains over guessing"),
      Parameter(
        "summation_method", .choice(Curve.Summation.allCases.map(\.rawValue)), .positional,
        .defaults(to: .text(Curve.Summation.interpolation.rawValue)),
        help: "How high the area is between two thresholds: in between, or the lower one, or the higher one"),
      Parameter(
        "thresholds", .optional(.list(of: .number(NumberBounds(lower: 0, upper: 1)))), .named, .defaults(to: .none),
        help: "Thresholds from 0 to 1, in place of evenly spaced ones"),
      Parameter(
        "from_logits", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether outputs are logits, as with from_logits of the loss"),
    ],
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy auc]",
        "How well the model sorts, beside how often it is right",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy metrics=[auc \"auc(curve=PR)\"]", "Where class 1 is rare",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"auc\"])")

  init(_ arguments: Arguments, for parameter: String) throws(ArgumentError) {
    self.init()
    thresholds = Self.even(try arguments.integer("num_thresholds"))
    curve = Curve(rawValue: try arguments.text("curve")) ?? .roc
    summation = Curve.Summation(rawValue: try arguments.text("summation_method")) ?? .interpolation
    fromLogits = try arguments.boolean("from_logits")
    guard case .list(let items) = arguments.value("thresholds") else { return }
    let given = items.compactMap { if case .number(let number) = $0 { number } else { nil } }.sorted()
    thresholds = [Self.lowest] + given.map { Float($0) } + [Self.highest]
    // As Keras finds it out.
    let even = ([0] + given + [1]).enumerated().map { $1 - Double($0) / Double(given.count + 1) }
    isEven = even.allSatisfy { abs($0) < 1e-7 }
  }

  private static let lowest: Float = -1e-7
  private static let highest = Float(1 + 1e-7)

  private static func even(_ count: Int) -> [Float] {
    [lowest] + (1..<count - 1).map { Float(Double($0) / Double(count - 1)) } + [highest]
  }
}

extension AreaUnderCurve {
  static let domain = "outputs that each have a truth of their own"

  func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  /// The outputs above no threshold, and those between each threshold and the next.
  private var buckets: Int { thresholds.count + 1 }

  /// The buckets of class 1; those of class 0.
  var sumCount: Int { 2 * buckets }

  func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    let buckets = buckets
    samples.forEachOutput { output, isTrue in
      sums[bucket(fromLogits ? 1 / (1 + exp(-output)) : output) + (isTrue ? 0 : buckets)] += 1
    }
  }

  /// How many thresholds the output is above; in 32 bits like Keras.
  private func bucket(_ output: Float) -> Int {
    if output.isNaN { return 0 }
    if isEven {
      let clipped = min(max(output, 0), 1)
      return max(1, Int((clipped * Float(thresholds.count - 1)).rounded(.up)))
    }
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] < output { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func value(of sums: [Double]) -> Double {
    curve.area(positives: sums[..<buckets], negatives: sums[buckets...], summation)
  }
}
