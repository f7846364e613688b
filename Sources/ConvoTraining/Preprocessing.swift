public import ConvoData
public import ConvoImages
public import ConvoNetwork
public import ConvoTensor

/// What was done to the images that a model learned from, and so must be done to those it is asked about.
public struct Preprocessing: Sendable, Equatable {
  /// Every picture is resized to this.
  public var size: ImageSize
  /// How pictures are resized.
  public var interpolation: Interpolation
  /// Whether resized pictures keep their proportions and lose what does not fit.
  public var keepAspectRatio: Bool
  /// The channels that every picture is converted to.
  public var colorMode: ColorMode
  /// What is done to the values, with the statistics of the images that the model learned from.
  public var standardization: Standardization
  /// The names of the classes, by their index.
  public var classNames: [String]

  /// Preprocessing as it was written down; `init(_:)` takes it from a generator.
  public init(
    size: ImageSize, interpolation: Interpolation = .nearest, keepAspectRatio: Bool = false,
    colorMode: ColorMode = .rgb, rescale: Double? = nil, classNames: [String] = []
  ) {
    self.size = size
    self.interpolation = interpolation
    self.keepAspectRatio = keepAspectRatio
    self.colorMode = colorMode
    standardization = Standardization(rescale: rescale)
    self.classNames = classNames
  }

  /// What a generator does to its images, but for the random changes of augmentation.
  public init(_ generator: ImageGenerator) {
    let options = generator.options
    self.init(
      size: options.targetSize, interpolation: options.interpolation, keepAspectRatio: options.keepAspectRatio,
      colorMode: options.colorMode, classNames: generator.classNames)
    standardization = generator.standardization
  }

  /// Each value is multiplied by this first; `nil` leaves 0…255.
  public var rescale: Double? {
    get { standardization.rescale }
    set { standardization.rescale = newValue }
  }

  /// `[height, width, channels]`.
  public var imageShape: Shape { [size.height, size.width, colorMode.channels] }

  /// A picture as the model takes it, still in bytes.
  ///
  /// - Precondition: The picture has the channels of `colorMode`.
  public func apply(to image: PixelImage) -> PixelImage {
    image.fitted(
      to: ImageFit(
        height: size.height, width: size.width, interpolation: interpolation, keepAspectRatio: keepAspectRatio))
  }

  /// The pictures of a generator as they are, prepared like this, and labelled as the model's loss wants them.
  ///
  /// - Parameter cache: Where pictures of another size are kept.
  public func prepared(_ generator: ImageGenerator, for model: Model, cache: PixelCache) -> ImageGenerator {
    generator.still(standardization, cache: cache) { options in
      options.targetSize = size
      options.interpolation = interpolation
      options.keepAspectRatio = keepAspectRatio
      options.colorMode = colorMode
      // Enough for all threads; the generator's own number may be meant for smaller pictures.
      options.batchSize = min(options.batchSize, 32)
      switch model.compiled?.loss.kind {
      case .sparseCategoricalCrossentropy: options.classMode = .sparse
      case .categoricalCrossentropy: options.classMode = .categorical
      case .binaryCrossentropy, .meanSquaredError, nil:
        options.classMode = model.outputShape.count == 1 ? .binary : .categorical
      }
    }
  }
}
