import ConvoSchema

/// true positives / (true positives + false negatives), 0 where there are neither.
///
/// An output above 0.5 (0.5 itself is not) is a positive, a true one where the truth is not 0. Several outputs count
/// one by one.
enum Recall: MetricFunction {
  static let schema = Schema(
    "recall", aliases: ["Recall"],
    summary: "Of the images of class 1, the share that the model finds",
    details: """
      An output above 0.5 says class 1. Recall falls with every image of class 1 that is missed: look at it where that \
      is costly. A model that says class 1 to everything has a recall of 1, so look at precision as well.
      """,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[precision recall]",
        "Found and missed images of class 1, beside the false alarms",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"recall\"])")

  static let domain = "outputs that each have a truth of their own"

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  /// True positives; false negatives.
  static let sumCount = 2

  static func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var (found, missed) = (0.0, 0.0)
    samples.forEachOutput { output, isTrue in
      if isTrue { if output > 0.5 { found += 1 } else { missed += 1 } }
    }
    sums[0] += found
    sums[1] += missed
  }

  static func value(of sums: [Double]) -> Double {
    sums[0] == 0 ? 0 : sums[0] / (sums[0] + sums[1])
  }
}
