import ConvoSchema

/// mean over the outputs of (p - t)², whose slope is 2 · (p - t) / outputs.
enum MeanSquaredError: LossFunction {
  static let schema = Schema(
    "mean_squared_error", aliases: ["mse", "MSE", "MeanSquaredError"],
    summary: "The mean of the squared differences between outputs and truth",
    details: """
      Made for numbers rather than classes. With a sigmoid it punishes a sure but wrong answer by no more than 1, and \
      its slope is then nearly flat, so that learning is slow: compare it with binary_crossentropy.
      """,
    examples: [
      Example(
        "compile loss=mean_squared_error", "Compare its epochs with those of binary_crossentropy",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"])
    ],
    keras: "model.compile(loss=\"mean_squared_error\")")

  static func takesLogits(of activation: Activation) -> Bool { false }

  static func fromLogits(_ logits: Row, targets: Truth, gradient: MutableRow?) -> Float {
    fromOutputs(logits, targets: targets, gradient: gradient)
  }

  static func fromOutputs(_ outputs: Row, targets: Truth, gradient: MutableRow?) -> Float {
    let share = 1 / Float(outputs.count)
    var sum: Float = 0
    for index in outputs.indices {
      let difference = outputs[index] - targets[index]
      sum += difference * difference
      gradient?[index] = 2 * difference * share
    }
    return sum * share
  }
}
