import ConvoSchema

/// The outputs that are above a threshold (which itself is not) exactly where the truth is 1 / all outputs.
public struct BinaryAccuracy: RightAnswers, Sendable, Hashable, Codable {
  public var threshold = 0.5

  /// Keras's default.
  public init() {}

  static let schema = Schema(
    "binary_accuracy", aliases: ["BinaryAccuracy"],
    summary: "The share of outputs that are on the right side of 0.5, or of another threshold",
    details: "What accuracy is for one sigmoid output. Of several outputs, each counts by itself.",
    parameters: [
      Parameter(
        "threshold", .number(.any), .positional, .defaults(to: .number(0.5)), help: "What an output of class 1 is above"
      )
    ],
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[binary_accuracy]", "The same as accuracy here, under its long name",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy \"binary_accuracy(0.7)\"]",
        "Beside it, how often the model is right where it has to be surer to say class 1",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"binary_accuracy\"])")

  static let domain = "outputs that each have a truth of their own"

  init(_ arguments: Arguments, for parameter: String) throws(ArgumentError) {
    threshold = try arguments.float("threshold", for: parameter)
  }

  func accepts(outputs: Int, targetWidth: Int) -> Bool { outputs == targetWidth }

  func right(_ outputs: Row, targets: Row) -> Double {
    let threshold = Float(threshold)
    var right = 0
    for index in outputs.indices where (outputs[index] > threshold ? 1 : 0) == targets[index] { right += 1 }
    return Double(right) / Double(outputs.count)
  }
}
