import ConvoSchema

/// The area under the curve of recall over the rate of false alarms (ROC), drawn with 200 thresholds t₀ < 0, then 1/199,
/// 2/199, …, 198/199, then t₁₉₉ > 1, as Keras draws it:
///
///     Σ (fᵢ - fᵢ₊₁) (rᵢ + rᵢ₊₁) / 2
///
/// with rᵢ the share of class 1, and fᵢ the share of class 0, whose outputs are above tᵢ. An output at a threshold is not
/// above it, and what is not a number is above none. Outputs are first clipped to [0, 1]; several count one by one.
enum AreaUnderCurve: MetricFunction {
  static let schema = Schema(
    "auc", aliases: ["AUC"],
    summary: "How often an image of class 1 gets a larger output than one of class 0",
    details: """
      1 where every image of class 1 is above every image of class 0, 0.5 for guessing. It looks at the order of the \
      outputs alone, at no threshold such as 0.5, and does not mind if one class is rare. As in Keras it is the area \
      under the ROC curve, drawn with 200 thresholds from 0 to 1: outputs between the same two of them count as equal. \
      It is 0 where the images are of one class only.
      """,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy auc]",
        "How well the model sorts, beside how often it is right",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"auc\"])")

  static let domain = "outputs that each have a truth of their own"

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  private static let thresholds = 200
  /// The outputs above no threshold, and those between each threshold and the next.
  private static let buckets = thresholds + 1

  /// The buckets of class 1; those of class 0.
  static let sumCount = 2 * buckets

  static func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    samples.forEachOutput { output, isTrue in
      sums[bucket(output) + (isTrue ? 0 : buckets)] += 1
    }
  }

  /// How many thresholds the output is above; in 32 bits like Keras.
  private static func bucket(_ output: Float) -> Int {
    if output.isNaN { return 0 }
    let clipped = min(max(output, 0), 1)
    return max(1, Int((clipped * Float(thresholds - 1)).rounded(.up)))
  }

  static func value(of sums: [Double]) -> Double {
    let positives = sums[..<buckets].reduce(0, +)
    let negatives = sums[buckets...].reduce(0, +)
    guard positives > 0, negatives > 0 else { return 0 }
    var (area, above) = (0.0, 0.0)
    for bucket in (1..<buckets).reversed() {
      // The trapezium between two thresholds.
      area += sums[buckets + bucket] * (above + sums[bucket] / 2)
      above += sums[bucket]
    }
    return area / (positives * negatives)
  }
}
