import ConvoSchema

/// right answers / samples, with "right" read from the shapes, as Keras does:
///
/// - one output: it is above 0.5 (0.5 itself is not) exactly where the truth is 1;
/// - several outputs, one number of truth: the largest output is the one that the truth names;
/// - several of both: the largest output and the largest truth are at the same place.
enum Accuracy: MetricFunction {
  static let schema = Schema(
    "accuracy", aliases: ["acc"],
    summary: "The share of images whose class the model has right",
    details: """
      With one sigmoid output, an answer counts as class 1 if it is above 0.5. With a softmax, the answer is the class \
      with the highest probability. How sure the model was makes no difference: for that, look at the loss.
      """,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy]", "Shows the accuracy beside the loss",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"accuracy\"])")

  /// Right answers; samples.
  static let sumCount = 2

  static func add(_ samples: MeasuredSamples, to sums: inout [Double]) {
    var right = 0
    for row in 0..<samples.rows {
      let outputs = Row(rebasing: samples.outputs[row * samples.width..<(row + 1) * samples.width])
      let targetSpan = row * samples.targetWidth..<(row + 1) * samples.targetWidth
      if isRight(outputs, targets: Row(rebasing: samples.targets[targetSpan])) { right += 1 }
    }
    sums[0] += Double(right)
    sums[1] += Double(samples.rows)
  }

  static func value(of sums: [Double]) -> Double {
    sums[0] / sums[1]
  }

  private static func isRight(_ outputs: Row, targets: Row) -> Bool {
    if outputs.count == 1 { return (outputs[0] > 0.5 ? 1 : 0) == targets[0] }
    if targets.count == 1 { return Float(largest(outputs)) == targets[0] }
    return largest(outputs) == largest(targets)
  }

  /// The place of the largest number, the first of equals. NaN is never the largest.
  private static func largest(_ numbers: Row) -> Int {
    var place = 0
    var best = -Float.greatestFiniteMagnitude
    for (index, number) in numbers.enumerated() where number > best {
      best = number
      place = index
    }
    return place
  }
}
