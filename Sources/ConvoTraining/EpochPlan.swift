import ConvoData
public import ConvoNetwork

/// What one epoch goes through: a value that is equal wherever the epoch shows the same batches for the same loss.
public struct EpochPlan: Sendable, Hashable {
  /// From 1, over the whole life of the model's weights.
  public let epoch: Int
  /// The batches of the epoch.
  public let steps: Int
  /// The batches that show every image once.
  public let batchesInPass: Int
  /// The images of the generator.
  public let images: Int
  /// The images in a full batch.
  public let batchSize: Int
  /// What is measured beside the loss.
  public let metrics: [Metric]
  private let loss: Loss
  /// The directory of the images.
  private let directory: String
  /// How they are read, ordered and changed.
  private let options: GeneratorOptions

  /// - Parameter steps: `nil` for one pass.
  init(
    epoch: Int, steps: Int?, directory: String, images: Int, options: GeneratorOptions, for compiled: CompileSettings
  ) {
    let batchSize = options.batchSize
    batchesInPass = (images - 1) / batchSize + 1
    self.epoch = epoch
    self.steps = steps ?? batchesInPass
    self.directory = directory
    self.images = images
    self.batchSize = batchSize
    var options = options
    // A seed that nothing is drawn from makes no difference.
    if !options.shuffle && !options.augmentation.isActive { options.seed = 0 }
    self.options = options
    metrics = compiled.metrics
    loss = compiled.loss
  }

  /// The images that the epoch does not come to: 3 of 1,027 in 8 batches of 128.
  public var imagesUnseen: Int {
    guard steps < batchesInPass else { return 0 }
    // Fewer steps than batches in a pass, so that all of them are full and there are more images than these.
    return images - steps * batchSize
  }
}
