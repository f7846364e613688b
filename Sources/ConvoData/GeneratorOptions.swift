public import ConvoImages

/// Height and width in pixels.
public struct ImageSize: Sendable, Hashable {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// A size of so many rows and columns.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

/// The part of each class that a generator takes, if its files are split.
public enum Subset: String, CaseIterable, Sendable {
  /// What ``validation`` leaves.
  case training
  /// The first files of each class, `validation_split` of them.
  case validation
}

/// How a generator reads its directory; names and defaults are those of Keras's `ImageDataGenerator` and
/// `flow_from_directory`.
public struct GeneratorOptions: Sendable, Hashable {
  /// Each value is multiplied by this; nil leaves 0…255.
  public var rescale: Double?
  /// Every picture is resized to this.
  public var targetSize = ImageSize(height: 256, width: 256)
  /// The channels that every picture is converted to.
  public var colorMode = ColorMode.rgb
  /// The sub-directories to read, in the order of their labels; nil for all, sorted.
  public var classes: [String]?
  /// The form of the labels.
  public var classMode = ClassMode.categorical
  /// Pictures in a batch; the last one of a pass may have fewer.
  public var batchSize = 32
  /// A new order for every pass, instead of the files' own.
  public var shuffle = true
  /// Decides the orders and the augmentation, and nothing else.
  public var seed: UInt64
  /// Share of each class's files that ``Subset/validation`` takes; 0 for no split.
  public var validationSplit = 0.0
  /// The part to take; nil for all files.
  public var subset: Subset?
  /// How pictures are resized.
  public var interpolation = Interpolation.nearest
  /// Whether resized pictures keep their proportions and lose what does not fit.
  public var keepAspectRatio = false
  /// What is done to the values after rescaling.
  public var normalization = Normalization()
  /// How pictures are changed at random each time that they are shown.
  public var augmentation = Augmentation()
  /// Whether symbolic links to directories are followed inside a class.
  public var followLinks = false

  /// Keras's defaults.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// Shape of one picture: `[height, width, channels]`.
  public var imageShape: [Int] {
    [targetSize.height, targetSize.width, colorMode.channels]
  }

  /// How pictures of all sizes are brought to the target size.
  ///
  /// - Precondition: both sides are positive.
  public var fit: ImageFit {
    ImageFit(
      height: targetSize.height, width: targetSize.width, interpolation: interpolation,
      keepAspectRatio: keepAspectRatio)
  }
}

extension GeneratorOptions {
  /// Largest batch, in bytes of pixels (floats take four times as much): 4 GiB.
  public static let largestBatchBytes = 4 << 30

  /// Checks what can be checked without looking at the directory.
  ///
  /// - Throws: ``GeneratorError/invalidOption(name:value:reason:)`` or
  ///   ``GeneratorError/whiteningTooLarge(imageShape:)``.
  func validate() throws(GeneratorError) {
    if let rescale, !Float(rescale).isFinite || Float(rescale) == 0 {
      throw .invalidOption(
        name: "rescale", value: "\(rescale)", reason: "it must be a number other than 0 that 32 bits can hold")
    }
    do {
      try ImageLimits.check(
        height: targetSize.height, width: targetSize.width, bitsPerPixel: colorMode.channels * 8)
    } catch {
      throw .invalidOption(name: "target_size", value: "\(targetSize.height)x\(targetSize.width)", reason: "\(error)")
    }
    guard batchSize > 0 else {
      throw .invalidOption(name: "batch_size", value: "\(batchSize)", reason: "a batch has at least one picture")
    }
    guard validationSplit == 0 || (validationSplit > 0 && validationSplit < 1) else {
      throw .invalidOption(
        name: "validation_split", value: "\(validationSplit)", reason: "it must be strictly between 0 and 1")
    }
    if subset == .validation && validationSplit == 0 {
      throw .invalidOption(
        name: "subset", value: "validation", reason: "it needs validation_split, the share of the files to take")
    }
    try augmentation.validate()
    let epsilon = normalization.zcaEpsilon
    guard epsilon.isFinite && epsilon >= 0 else {
      throw .invalidOption(name: "zca_epsilon", value: "\(epsilon)", reason: "it must be a number of 0 or more")
    }
    if normalization.zcaWhitening, imageShape.reduce(1, *) > Whitening.largestSize {
      throw .whiteningTooLarge(imageShape: imageShape)
    }
  }

  /// Checks that a batch fits ``largestBatchBytes``.
  func validate(count: Int) throws(GeneratorError) {
    let images = min(batchSize, count)
    // One picture is under ImageLimits, so only the number of pictures can overflow.
    let imageBytes = imageShape.reduce(1, *)
    let (bytes, overflow) = images.multipliedReportingOverflow(by: imageBytes)
    guard !overflow && bytes <= Self.largestBatchBytes else {
      throw .batchTooLarge(
        images: images, imageShape: imageShape, largest: Self.largestBatchBytes / imageBytes)
    }
  }
}
