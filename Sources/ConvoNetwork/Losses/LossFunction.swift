import ConvoSchema

/// The formula of one loss, for one sample.
///
/// An implementer writes the gradient of exactly what it returns. Loops that work on whole batches are in
/// `Loss.evaluate`.
protocol LossFunction {
  static var schema: Schema { get }

  /// How many numbers the truth of one sample has.
  static func targetWidth(outputs: Int) -> Int

  /// What `label_smoothing` of 1 puts in the place of every number of the truth; `nil` where there is no such option.
  static func ignorance(outputs: Int) -> Float?

  /// Whether the loss is computed from the logits where the last layer has this activation.
  static func takesLogits(of activation: Activation) -> Bool

  /// The loss of one sample from its logits, and d loss / d logits into `gradient`.
  static func fromLogits(_ logits: Row, targets: Truth, gradient: MutableRow?) -> Float

  /// The loss of one sample from its outputs, and d loss / d outputs into `gradient`.
  static func fromOutputs(_ outputs: Row, targets: Truth, gradient: MutableRow?) -> Float
}

extension LossFunction {
  /// Keras's `sigmoid` and `softmax` hand their logits on to the cross-entropies, whichever of the two it was.
  static func takesLogits(of activation: Activation) -> Bool {
    switch activation {
    case .sigmoid, .softmax: true
    case .linear, .relu, .tanh, .leakyReLU: false
    }
  }

  static func targetWidth(outputs: Int) -> Int { outputs }

  static func ignorance(outputs: Int) -> Float? { nil }
}

/// The numbers of one sample.
typealias Row = UnsafeBufferPointer<Float>
typealias MutableRow = UnsafeMutableBufferPointer<Float>

/// Keras's clipping of probabilities to [1e-7, 1 - 1e-7], which keeps logarithms finite. NaN stays NaN.
enum ClippedProbability {
  static let lowest: Float = 1e-7
  static let highest = Float(1 - 1e-7)

  static func clip(_ probability: Float) -> Float {
    probability < lowest ? lowest : (probability > highest ? highest : probability)
  }

  /// The slope of `clip`: 0 outside of the range, else 1.
  static func slope(_ probability: Float) -> Float {
    probability < lowest || probability > highest ? 0 : 1
  }
}
