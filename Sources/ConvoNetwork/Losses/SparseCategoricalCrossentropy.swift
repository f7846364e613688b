import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// -log pᵢ, with i the index of the true class and p the probabilities.
///
/// The same number as `CategoricalCrossentropy`, with the truth written as an index. Outputs that are no softmax are
/// clipped, and their logarithms taken as logits, as Keras does: log Σ p - log pᵢ.
enum SparseCategoricalCrossentropy: LossFunction {
  static let schema = Schema(
    "sparse_categorical_crossentropy", aliases: ["SparseCategoricalCrossentropy"],
    summary: "categorical_crossentropy for a truth that is written as the number of the class",
    details: """
      The loss of one picture is -log of the probability that the model gave to its class. The truth is one number: \
      0 for the first class, 1 for the second, and so on.

      It goes with class_mode=sparse and a last layer with one softmax output for each class; or with from_logits=true and one \
      output for each class without an activation, which trains the same.
      """,
    parameters: [LossOption.fromLogits],
    examples: [
      Example(
        "compile loss=sparse_categorical_crossentropy", "For ten kinds of clothes, numbered 0 to 9",
        after: ["new model input=16x16x3", "add flatten", "add dense 10 activation=softmax"]),
      Example(
        "compile loss=sparse_categorical_crossentropy from_logits=true", "For a last layer without an activation",
        after: ["new model input=16x16x3", "add flatten", "add dense 10"]),
    ],
    keras: "model.compile(loss=\"sparse_categorical_crossentropy\")")

  static func targetWidth(outputs: Int) -> Int { 1 }

  static func fromLogits(_ logits: Row, targets: Truth, gradient: MutableRow?) -> Float {
    guard let label = label(targets.values, classes: logits.count) else { return unknown(gradient) }
    let softmax = StableSoftmax(logits)
    if let gradient {
      for index in logits.indices {
        gradient[index] = softmax.probability(logits[index]) - (index == label ? 1 : 0)
      }
    }
    return softmax.negativeLog(logits[label])
  }

  static func fromOutputs(_ outputs: Row, targets: Truth, gradient: MutableRow?) -> Float {
    guard let label = label(targets.values, classes: outputs.count) else { return unknown(gradient) }
    let sum = outputs.reduce(0) { $0 + ClippedProbability.clip($1) }
    if let gradient {
      for index in outputs.indices {
        let probability = ClippedProbability.clip(outputs[index])
        let slope = 1 / sum - (index == label ? 1 / probability : 0)
        gradient[index] = slope * ClippedProbability.slope(outputs[index])
      }
    }
    return log(sum) - log(ClippedProbability.clip(outputs[label]))
  }

  /// The class that the truth names, `nil` where the model has no such output.
  static func label(_ targets: Row, classes: Int) -> Int? {
    guard let label = Int(exactly: targets[0]), (0..<classes).contains(label) else { return nil }
    return label
  }

  private static func unknown(_ gradient: MutableRow?) -> Float {
    gradient?.update(repeating: .nan)
    return .nan
  }
}
