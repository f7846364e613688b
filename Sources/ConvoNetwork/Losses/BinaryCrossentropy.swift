import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// mean over the outputs of -(t · log p + (1 - t) · log(1 - p)), with t the truth and p the probability.
///
/// `label_smoothing` s makes the truth (1 - s) t + s / 2.
///
/// From a logit z, p = 1 / (1 + e⁻ᶻ): max(z, 0) - z · t + log(1 + e^-|z|), whose slope is p - t.
enum BinaryCrossentropy: LossFunction {
  static let schema = Schema(
    "binary_crossentropy", aliases: ["BinaryCrossentropy"],
    summary: "How surprised the model is by the truth, for two classes told apart by one sigmoid output",
    details: """
      For one picture with probability p of class 1, the loss is -log p if it is of class 1, and -log(1 - p) if not. \
      A sure and right answer costs nearly nothing, 0.5 costs 0.69, and a sure but wrong answer costs much: there is no \
      upper limit. Several sigmoid outputs are averaged.

      It goes with class_mode=binary and a last layer of dense 1 activation=sigmoid; or with from_logits=true and a \
      last layer of dense 1 without an activation, which trains the same, with outputs from which the sigmoid is left out.
      """,
    parameters: [LossOption.fromLogits, LossOption.labelSmoothing],
    examples: [
      Example(
        "compile loss=binary_crossentropy", "For horses or humans: one output, two classes",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy label_smoothing=0.1",
        "Class 1 is then 0.95 and class 0 is 0.05: a model that is too sure of itself pays for it",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy from_logits=true", "For a last layer without an activation",
        after: ["new model input=16x16x3", "add flatten", "add dense 1"]),
    ],
    keras: "model.compile(loss=\"binary_crossentropy\")")

  static func ignorance(outputs: Int) -> Float? { 0.5 }

  static func fromLogits(_ logits: Row, targets: Truth, gradient: MutableRow?) -> Float {
    let share = 1 / Float(logits.count)
    var sum: Float = 0
    for index in logits.indices {
      let logit = logits[index]
      let target = targets[index]
      let decay = exp(-abs(logit))
      // `logit < 0 ? 0 : logit` rather than `max`, so that NaN stays NaN.
      sum += (logit < 0 ? 0 : logit) - logit * target + log1p(decay)
      if let gradient {
        let probability = logit < 0 ? decay / (1 + decay) : 1 / (1 + decay)
        gradient[index] = (probability - target) * share
      }
    }
    return sum * share
  }

  static func fromOutputs(_ outputs: Row, targets: Truth, gradient: MutableRow?) -> Float {
    let share = 1 / Float(outputs.count)
    var sum: Float = 0
    for index in outputs.indices {
      let probability = ClippedProbability.clip(outputs[index])
      let target = targets[index]
      sum -= target * log(probability) + (1 - target) * log(1 - probability)
      gradient?[index] =
        ((1 - target) / (1 - probability) - target / probability) * ClippedProbability.slope(outputs[index]) * share
    }
    return sum * share
  }
}
