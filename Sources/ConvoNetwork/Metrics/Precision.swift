import ConvoSchema

/// true positives / (true positives + false positives), 0 where there are neither.
///
/// An output above 0.5 (0.5 itself is not) is a positive, a true one where the truth is not 0. Several outputs count
/// one by one.
enum Precision: MetricFunction {
  static let schema = Schema(
    "precision", aliases: ["Precision"],
    summary: "Of the images that the model takes for class 1, the share that is",
    details: """
      An output above 0.5 says class 1. Precision falls with every false alarm: look at it where those are costly. It \
      is 0 as long as the model never says class 1. Several outputs count one by one, each as a yes or no to its class.
      """,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy precision recall]",
        "How many of the answers \"class 1\" are right, and how many of class 1 are found",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"precision\"])")

  static let domain = "outputs that each have a truth of their own"

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  /// True positives; false positives.
  static let sumCount = 2

  static func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var (right, wrong) = (0.0, 0.0)
    samples.forEachOutput { output, isTrue in
      if output > 0.5 { if isTrue { right += 1 } else { wrong += 1 } }
    }
    sums[0] += right
    sums[1] += wrong
  }

  static func value(of sums: [Double]) -> Double {
    sums[0] == 0 ? 0 : sums[0] / (sums[0] + sums[1])
  }
}
