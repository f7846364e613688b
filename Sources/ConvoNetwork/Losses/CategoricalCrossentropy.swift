import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// -Σ tᵢ · log pᵢ, with t the truth (1 for the class, else 0) and p the probabilities.
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

      It goes with class_mode=categorical and a last layer with one softmax output for each class.
      """,
    examples: [
      Example(
        "compile loss=categorical_crossentropy", "For rock, paper, scissors: three outputs, three classes",
        after: ["new model input=16x16x3", "add flatten", "add dense 3 activation=softmax"])
    ],
    keras: "model.compile(loss=\"categorical_crossentropy\")")

  static func fromLogits(_ logits: Row, targets: Row, gradient: MutableRow?) -> Float {
    let softmax = StableSoftmax(logits)
    var loss: Float = 0
    for index in logits.indices {
      // 0 · ∞ is no loss where the truth is 0.
      if targets[index] != 0 { loss += targets[index] * softmax.negativeLog(logits[index]) }
      gradient?[index] = softmax.probability(logits[index]) - targets[index]
    }
    return loss
  }

  static func fromOutputs(_ outputs: Row, targets: Row, gradient: MutableRow?) -> Float {
    let sum = outputs.reduce(0, +)
    var loss: Float = 0
    var mean: Float = 0
    for index in outputs.indices {
      let share = outputs[index] / sum
      let probability = ClippedProbability.clip(share)
      loss -= targets[index] * log(probability)
      let slope = -targets[index] / probability * ClippedProbability.slope(share)
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
