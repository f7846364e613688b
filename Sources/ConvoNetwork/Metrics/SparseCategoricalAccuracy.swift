import ConvoSchema

/// The samples whose largest output is the one that the truth names / all samples.
struct SparseCategoricalAccuracy: RightAnswers {
  static let schema = Schema(
    "sparse_categorical_accuracy", aliases: ["SparseCategoricalAccuracy"],
    summary: "The share of images whose class has the largest output, for class_mode=sparse",
    details: "What accuracy is for several outputs where the truth is the number of the class.",
    examples: [
      Example(
        "compile loss=sparse_categorical_crossentropy metrics=[sparse_categorical_accuracy]",
        "The same as accuracy here, under its long name",
        after: ["new model input=16x16x3", "add flatten", "add dense 3 activation=softmax"])
    ],
    keras: "model.compile(loss=\"sparse_categorical_crossentropy\", metrics=[\"sparse_categorical_accuracy\"])")

  static let domain = "several outputs and the number of the class as truth"

  func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs > 1 && targetWidth == 1 }

  func right(_ outputs: Row, targets: Row) -> Double {
    Float(outputs.placeOfLargest) == targets[0] ? 1 : 0
  }
}
