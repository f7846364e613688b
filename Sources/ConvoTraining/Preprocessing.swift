public import ConvoData
public import ConvoImages
public import ConvoTensor

/// What was done to the images that a model learned from, and so must be done to those it is asked about.
public struct Preprocessing: Sendable, Equatable {
  /// Every picture is resized to this.
  public var size: ImageSize
  /// How pictures are resized.
  public var interpolation: Interpolation
  /// The channels that every picture is converted to.
  public var colorMode: ColorMode
  /// Each value is multiplied by this; `nil` leaves 0…255.
  public var rescale: Double?
  /// The names of the classes, by their index.
  public var classNames: [String]

  /// Preprocessing as it was written down; `init(_:)` takes it from a generator.
  public init(
    size: ImageSize, interpolation: Interpolation = .nearest, colorMode: ColorMode = .rgb, rescale: Double? = nil,
    classNames: [String] = []
  ) {
    self.size = size
    self.interpolation = interpolation
    self.colorMode = colorMode
    self.rescale = rescale
    self.classNames = classNames
  }

  /// What a generator does to its images.
  public init(_ generator: ImageGenerator) {
    self.init(
      size: generator.options.targetSize, interpolation: generator.options.interpolation,
      colorMode: generator.options.colorMode, rescale: generator.options.rescale, classNames: generator.classNames)
  }

  /// `[height, width, channels]`.
  public var imageShape: Shape { [size.height, size.width, colorMode.channels] }

  /// A picture as the model takes it, still in bytes.
  ///
  /// - Precondition: The picture has the channels of `colorMode`.
  public func apply(to image: PixelImage) -> PixelImage {
    image.resized(height: size.height, width: size.width, by: interpolation)
  }
}
