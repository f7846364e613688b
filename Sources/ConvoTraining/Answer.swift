/// What a model says of one picture.
public struct Answer: Sendable, Hashable {
  /// Which of the generator's samples it is.
  public let sample: Int
  /// Relative to the generator's directory.
  public let file: String
  /// The index of the picture's class.
  public let truth: Int
  /// What the model gives each class, from the first on. With one output p that is 1 - p and p; of logits it is their
  /// sigmoid or softmax.
  public let probabilities: [Double]
  /// The loss of this picture alone, as the model was compiled. What the regularizers of weights add is of no picture.
  public let loss: Double

  /// An answer as it was computed.
  public init(sample: Int, file: String, truth: Int, probabilities: [Double], loss: Double) {
    self.sample = sample
    self.file = file
    self.truth = truth
    self.probabilities = probabilities
    self.loss = loss
  }

  /// What the model gives the picture's own class; 0 where it has no output for it.
  public var probabilityOfTruth: Double {
    probabilities.indices.contains(truth) ? probabilities[truth] : 0
  }
}
