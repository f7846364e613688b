import ConvoSchema

/// true positives / (true positives + false negatives): see `PositiveAnswers`.
public struct Recall: PositiveAnswers, Sendable, Hashable, Codable {
  public var decision = PositiveDecision()

  /// Keras's defaults.
  public init() {}

  static let schema = Schema(
    "recall", aliases: ["Recall"],
    summary: "Of the images of class 1, the share that the model finds",
    details: """
      An output above 0.5 says class 1. Recall falls with every image of class 1 that is missed: look at it where that \
      is costly. A model that says class 1 to everything has a recall of 1, so look at precision as well.
      """,
    parameters: PositiveDecision.parameters,
    examples: [
      Example(
        "compile loss=binary_crossentropy metrics=[precision recall]",
        "Found and missed images of class 1, beside the false alarms",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy metrics=[recall \"recall(thresholds=0.8)\"]",
        "What it comes to where the model has to be surer to say class 1",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "model.compile(loss=\"binary_crossentropy\", metrics=[\"recall\"])")

  func counts(isPositive: Bool, isTrue: Bool) -> Bool { isTrue }
}
