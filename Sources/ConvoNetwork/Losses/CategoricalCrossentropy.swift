import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// -Σ tᵢ · log pᵢ, with t the truth (1 for the class, else 0) and p the probabilities.
///
/// `label_smoothing` s makes the truth (1 - s) t + s / classes.
///
/// From logits z, p = softmax z: Σ tᵢ · (log Σ eᶻ - zᵢ), whose slope is p - t. Other outputs are first divided by their
/// sum, then clipped.
enum CategoricalCrossentropy: LossFunction {
  static let schema = Schema(
    "categorical_crossentropy", aliases: ["CategoricalCrossentropy"],
    summary: "How surprised the model is by the truth, for several classes and a softmax over them",
    details: """
      The loss of one picture is -log of the probability that the model gave to its class. The truth is one number for \
      each class, 1 for the right one and 0 for the others ("one-hot").

      It goes with class_mode=categorical and a last layer with one softmax output for each class; or with \
      from_logits=true and one output for each class without an activation, which trains the same.
      """,
    parameters: [LossOption.fromLogits, LossOption.labelSmoothing],
    examples: [
      Example(
        "compile loss=categorical_crossentropy", "For rock, paper, scissors: three outputs, three classes",
        after: ["new model input=16x16x3", "add flatten", "add dense 3 activation=softmax"]),
      Example(
        "compile loss=categorical_crossentropy label_smoothing=0.1",
        "The right class is then 0.9333 and the two others are 0.0333 each",
        after: ["new model input=16x16x3", "add flatten", "add dense 3 activation=softmax"]),
    ],
    keras: "model.compile(loss=\"categorical_crossentropy\")")

  static func ignorance(outputs: Int) -> Float? { 1 / Float(outputs) }

  static func fromLogits(_ logits: Row, targets: Truth, gradient: MutableRow?) -> Float {
    let softmax = StableSoftmax(logits)
    var loss: Float = 0
    for index in logits.indices {
      let target = targets[index]
      // 0 · ∞ is no loss where the truth is 0.
      if target != 0 { loss += target * softmax.negativeLog(logits[index]) }
      gradient?[index] = softmax.probability(logits[index]) - target
    }
    return loss
  }

  static func fromOutputs(_ outputs: Row, targets: Truth, gradient: MutableRow?) -> Float {
    let sum = outputs.reduce(0, +)
    var loss: Float = 0
    var mean: Float = 0
    for index in outputs.indices {
      let share = outputs[index] / sum
      let probability = ClippedProbability.clip(share)
      let target = targets[index]
      loss -= target * log(probability)
      let slope = -target / probability * ClippedProbability.slope(share)
      mean += slope * share
      gradient?[index] = slope
    }
    if let gradient {
      for index in gradient.indices { gradient[index] = (gradient[index] - mean) / sum }
    }
    return loss
  }
}

/// softmax zᵢ = e^(zᵢ - max z) / Σ e^(z - max z): with the largest logit taken off, nothing overflows.
struct StableSoftmax {
  private let largest: Float
  private let sum: Float

  init(_ logits: Row) {
    let largest = logits.max() ?? 0
    self.largest = largest
    sum = logits.reduce(0) { $0 + exp($1 - largest) }
  }

  func probability(_ logit: Float) -> Float {
    exp(logit - largest) / sum
  }

  /// -log of the probability.
  func negativeLog(_ logit: Float) -> Float {
    log(sum) - (logit - largest)
  }
}
