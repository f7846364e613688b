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

/// The samples whose largest output and largest truth are at the same place / all samples.
enum CategoricalAccuracy: RightAnswers {
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

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs > 1 && outputs == targetWidth }

  static func right(_ outputs: Row, targets: Row) -> Double {
    outputs.placeOfLargest == targets.placeOfLargest ? 1 : 0
  }
}

/// The samples whose largest output is the one that the truth names / all samples.
enum SparseCategoricalAccuracy: RightAnswers {
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

  static func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs > 1 && targetWidth == 1 }

  static func right(_ outputs: Row, targets: Row) -> Double {
    Float(outputs.placeOfLargest) == targets[0] ? 1 : 0
  }
}

extension Row {
  /// The place of the largest number, the first of equals. NaN is never the largest.
  fileprivate var placeOfLargest: Int {
    var place = 0
    var best = -Float.greatestFiniteMagnitude
    for (index, number) in enumerated() where number > best {
      best = number
      place = index
    }
    return place
  }
}
