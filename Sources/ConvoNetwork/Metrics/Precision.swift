import ConvoSchema

/// true positives / (true positives + false positives): see `PositiveAnswers`.
public struct Precision: PositiveAnswers, Sendable, Hashable, Codable {
  public var decision = PositiveDecision()

  /// Keras's defaults.
  public init() {}

  static let schema = Schema(
    "precision", aliases: ["Precision"],
    summary: "Of the images that the model takes for class 1, the share that is",
    details: """
      An output above 0.5 says class 1. Precision falls with every false alarm: look at it where those are costly. It \
      is 0 as long as the model never says class 1. Several outputs count one by one, each as a yes or no to its class.
      """,
    parameters: PositiveDecision.parameters,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[accuracy precision recall]",
        "How many of the answers \"class 1\" are right, and how many of class 1 are found",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy metrics=[precision \"precision(thresholds=0.8)\"]",
        "What it comes to where the model has to be surer to say class 1",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"precision\"])")

  func counts(isPositive: Bool, isTrue: Bool) -> Bool { isPositive }
}
