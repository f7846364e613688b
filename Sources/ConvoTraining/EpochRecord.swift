public import ConvoNetwork

/// A finished epoch: one line of a model's history.
public struct EpochRecord: Sendable, Hashable, Codable {
  /// From 1, over the whole life of the model's weights.
  public var epoch: Int
  /// Running averages while the weights changed.
  public var training: Scores
  /// Measured after the epoch with the weights held still; `nil` without validation data.
  public var validation: Scores?
  /// The images trained on, counted as often as they were shown.
  public var images: Int
  /// The steps done.
  public var steps: Int
  /// Spent on training alone.
  public var seconds: Double
  /// Spent on validation.
  public var validationSeconds: Double?
  /// The optimizer's, in this epoch.
  public var learningRate: Double
  /// What it was trained and measured on; `nil` where that is not known.
  public var data: EpochData?

  /// A line of history, as `fit` writes it or as it was read from a file.
  public init(
    epoch: Int, training: Scores, validation: Scores? = nil, images: Int, steps: Int, seconds: Double,
    validationSeconds: Double? = nil, learningRate: Double, data: EpochData? = nil
  ) {
    self.epoch = epoch
    self.training = training
    self.validation = validation
    self.images = images
    self.steps = steps
    self.seconds = seconds
    self.validationSeconds = validationSeconds
    self.learningRate = learningRate
    self.data = data
  }
}

/// The generators of an epoch.
public struct EpochData: Sendable, Hashable, Codable {
  /// The name of the one that was learned from.
  public var training: String
  /// The name of the one that was measured on.
  public var validation: String?
  /// The images that were measured, counted as often as they were shown.
  public var validationImages: Int?

  public init(training: String, validation: String? = nil, validationImages: Int? = nil) {
    self.training = training
    self.validation = validation
    self.validationImages = validationImages
  }
}

extension EpochRecord {
  /// The mean training loss.
  public var loss: Double { training.loss }
  /// The training accuracy; `nil` where the model was compiled without.
  public var accuracy: Double? { training.accuracy }
  /// The mean validation loss.
  public var valLoss: Double? { validation?.loss }
  /// The validation accuracy.
  public var valAccuracy: Double? { validation?.accuracy }

  /// All that was measured, under Keras's names: loss, metrics, `val_loss`, `val_` metrics.
  public var measured: [(name: String, value: Double)] {
    [("loss", loss)] + training.named
      + (validation.map { [("val_loss", $0.loss)] + $0.named.map { ("val_" + $0.name, $0.value) } } ?? [])
  }

  /// The same epoch with the times, which no two runs share, set to zero.
  public var untimed: EpochRecord {
    var record = self
    record.seconds = 0
    record.validationSeconds = validationSeconds.map { _ in 0 }
    return record
  }
}
