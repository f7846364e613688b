/// A number that was measured, such as the accuracy.
public struct MetricReport: Sendable, Hashable {
  /// Keras's name: `accuracy`.
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// One batch of training, measured on its own.
public struct BatchReport: Sendable, Hashable {
  public var epoch: Int
  /// From 1, within the epoch.
  public var batch: Int
  public var loss: Double
  /// Those that the model was compiled with.
  public var metrics: [MetricReport]

  public init(epoch: Int, batch: Int, loss: Double, metrics: [MetricReport] = []) {
    self.epoch = epoch
    self.batch = batch
    self.loss = loss
    self.metrics = metrics
  }

  /// All that was measured.
  public var measured: [MetricReport] { [MetricReport("loss", loss)] + metrics }
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
  public var metrics: [MetricReport]
  /// Measured after the epoch with the weights held still.
  public var valLoss: Double?
  /// Under their own names, without `val_`.
  public var valMetrics: [MetricReport]
  /// How many images the epoch trained on.
  public var images: Int
  /// Training alone.
  public var seconds: Double
  public var valSeconds: Double?
  public var learningRate: Double

  public init(
    epoch: Int, lastEpoch: Int, steps: Int, loss: Double, metrics: [MetricReport] = [], valLoss: Double? = nil,
    valMetrics: [MetricReport] = [], images: Int, seconds: Double, valSeconds: Double?, learningRate: Double
  ) {
    self.epoch = epoch
    self.lastEpoch = lastEpoch
    self.steps = steps
    self.loss = loss
    self.metrics = metrics
    self.valLoss = valLoss
    self.valMetrics = valMetrics
    self.images = images
    self.seconds = seconds
    self.valSeconds = valSeconds
    self.learningRate = learningRate
  }
}

extension EpochReport {
  /// All that was measured, under the names that Keras gives it: loss, metrics, `val_loss`, `val_` metrics.
  public var measured: [MetricReport] {
    [MetricReport("loss", loss)] + metrics + (valLoss.map { [MetricReport("val_loss", $0)] } ?? [])
      + valMetrics.map { MetricReport("val_" + $0.name, $0.value) }
  }
}

/// A model measured on a generator with its weights held still.
public struct EvaluationReport: Sendable, Hashable {
  public var loss: Double
  public var metrics: [MetricReport]
  public var images: Int
  public var seconds: Double

  public init(loss: Double, metrics: [MetricReport] = [], images: Int, seconds: Double) {
    self.loss = loss
    self.metrics = metrics
    self.images = images
    self.seconds = seconds
  }

  /// All that was measured.
  public var measured: [MetricReport] { [MetricReport("loss", loss)] + metrics }
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
