import ConvoSchema

/// right answers / samples, with "right" read from the shapes, as Keras does: that of `BinaryAccuracy` for one output,
/// of `SparseCategoricalAccuracy` for several outputs and one number of truth, else of `CategoricalAccuracy`.
struct Accuracy: RightAnswers {
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

  static let domain = "every model"

  func accepts(outputs: Int, targetWidth: Int) -> Bool { true }

  func right(_ outputs: Row, targets: Row) -> Double {
    if outputs.count == 1 { return BinaryAccuracy().right(outputs, targets: targets) }
    if targets.count == 1 { return SparseCategoricalAccuracy().right(outputs, targets: targets) }
    return CategoricalAccuracy().right(outputs, targets: targets)
  }
}
