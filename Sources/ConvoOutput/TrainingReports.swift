/// One batch of training, measured on its own.
public struct BatchReport: Sendable, Hashable {
  public var epoch: Int
  /// From 1, within the epoch.
  public var batch: Int
  public var loss: Double
  /// `nil` where the model was compiled without this metric.
  public var accuracy: Double?

  public init(epoch: Int, batch: Int, loss: Double, accuracy: Double?) {
    self.epoch = epoch
    self.batch = batch
    self.loss = loss
    self.accuracy = accuracy
  }
}

/// One epoch of training.
public struct EpochReport: Sendable, Hashable {
  /// From 1, over the whole life of the model's weights.
  public var epoch: Int
  /// The epoch at which this `fit` will end, and the steps of each: "Epoch 3/15", "8/8".
  public var lastEpoch: Int
  public var steps: Int
  /// Running averages while the weights changed.
  public var loss: Double
  public var accuracy: Double?
  /// Measured after the epoch with the weights held still.
  public var valLoss: Double?
  public var valAccuracy: Double?
  /// How many images the epoch trained on.
  public var images: Int
  /// Training alone.
  public var seconds: Double
  public var valSeconds: Double?
  public var learningRate: Double

  public init(
    epoch: Int, lastEpoch: Int, steps: Int, loss: Double, accuracy: Double?, valLoss: Double?, valAccuracy: Double?,
    images: Int, seconds: Double, valSeconds: Double?, learningRate: Double
  ) {
    self.epoch = epoch
    self.lastEpoch = lastEpoch
    self.steps = steps
    self.loss = loss
    self.accuracy = accuracy
    self.valLoss = valLoss
    self.valAccuracy = valAccuracy
    self.images = images
    self.seconds = seconds
    self.valSeconds = valSeconds
    self.learningRate = learningRate
  }
}

/// A model measured on a generator with its weights held still.
public struct EvaluationReport: Sendable, Hashable {
  public var loss: Double
  public var accuracy: Double?
  public var images: Int
  public var seconds: Double

  public init(loss: Double, accuracy: Double?, images: Int, seconds: Double) {
    self.loss = loss
    self.accuracy = accuracy
    self.images = images
    self.seconds = seconds
  }
}

/// What the model says of one picture.
public struct PredictionReport: Sendable, Hashable {
  public var file: String
  /// The class's name; `nil` where the model carries no class names, or its output is no class.
  public var label: String?
  public var classIndex: Int?
  /// The model's outputs.
  public var scores: [Double]

  public init(file: String, label: String?, classIndex: Int?, scores: [Double]) {
    self.file = file
    self.label = label
    self.classIndex = classIndex
    self.scores = scores
  }
}
