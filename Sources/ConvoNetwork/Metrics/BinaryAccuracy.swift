import ConvoSchema

/// The outputs that are above 0.5 (0.5 itself is not) exactly where the truth is 1 / all outputs.
enum BinaryAccuracy: RightAnswers {
  static let schema = Schema(
    "binary_accuracy", aliases: ["BinaryAccuracy"],
    summary: "The share of outputs that are on the right side of 0.5",
    details: "What accuracy is for one sigmoid output. Of several outputs, each counts by itself.",
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[binary_accuracy]", "The same as accuracy here, under its long name",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"binary_accuracy\"])")

  static let domain = "outputs that each have a truth of their own"

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  static func right(_ outputs: Row, targets: Row) -> Double {
    var right = 0
    for index in outputs.indices where (outputs[index] > 0.5 ? 1 : 0) == targets[index] { right += 1 }
    return Double(right) / Double(outputs.count)
  }
}
