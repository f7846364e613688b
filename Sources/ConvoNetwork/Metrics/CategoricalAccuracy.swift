import ConvoSchema

/// The samples whose largest output and largest truth are at the same place / all samples.
struct CategoricalAccuracy: RightAnswers {
  static let schema = Schema(
    "categorical_accuracy", aliases: ["CategoricalAccuracy"],
    summary: "The share of images whose class has the largest output, for class_mode=categorical",
    details: "What accuracy is for several outputs where the truth is a number for each class.",
    examples: [
      Example(
        "compile loss=categorical_crossentropy metrics=[categorical_accuracy]",
        "The same as accuracy here, under its long name",
        after: ["new model input=16x16x3", "add flatten", "add dense 3 activation=softmax"])
    ],
    keras: "model.compile(loss=\"categorical_crossentropy\", metrics=[\"categorical_accuracy\"])")

  static let domain = "several outputs with a number of truth for each"

  func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs > 1 && outputs == targetWidth }

  func right(_ outputs: Row, targets: Row) -> Double {
    outputs.placeOfLargest == targets.placeOfLargest ? 1 : 0
  }
}
