public import ConvoImages

/// How each picture of a batch is changed before it is standardized.
public struct PictureChanges: Sendable, Equatable {
  /// One for each picture.
  public let transforms: [ImageTransform]
  /// What is seen beyond the pictures' edges.
  public let surroundings: Surroundings

  /// Changes as they were drawn.
  public init(_ transforms: [ImageTransform], surroundings: Surroundings) {
    self.transforms = transforms
    self.surroundings = surroundings
  }
}

/// Some samples that are trained on together: their pixels as bytes, and their labels.
///
/// The pixels stay bytes until they are written where they are needed, four times as large; a picture that the
/// cache keeps is not copied before that.
public struct Batch: Sendable {
  /// Which samples of the generator these are.
  public let indices: [Int]
  /// Index of each sample's class.
  public let labels: [Int]
  /// The pictures, all of the same shape.
  public let images: [PixelImage]
  /// Shape of one picture: `[height, width, channels]`.
  public let imageShape: [Int]
  /// Form of the labels.
  public let classMode: ClassMode
  /// What is done to the values.
  public let standardization: Standardization
  /// What is done to the pictures before; nil for nothing.
  public let changes: PictureChanges?

  /// - Precondition: as many labels, pictures and changes as indices; each picture has `imageShape`.
  public init(
    indices: [Int], labels: [Int], images: [PixelImage], imageShape: [Int], classMode: ClassMode,
    standardization: Standardization, changes: PictureChanges? = nil
  ) {
    precondition(labels.count == indices.count && images.count == indices.count, "a label and a picture for each")
    precondition(changes.map { $0.transforms.count == indices.count } ?? true, "a change for each")
    precondition(images.allSatisfy { [$0.height, $0.width, $0.channels] == imageShape }, "pictures of one shape")
    self.indices = indices
    self.labels = labels
    self.images = images
    self.imageShape = imageShape
    self.classMode = classMode
    self.standardization = standardization
    self.changes = changes
  }

  /// How many samples.
  public var count: Int { indices.count }

  /// All pixels, `[count, height, width, channels]`, in one new array.
  public var pixels: [UInt8] { images.flatMap(\.bytes) }

  /// Writes the pictures of some of the samples, `[range.count, height, width, channels]`, changed and standardized. With
  /// rescaling alone that is `Float(byte) × Float(rescale)`, rounded once, as Keras multiplies its float32 array.
  ///
  /// - Precondition: the range lies in `0..<count` and the buffer is large enough.
  public func writeImages(_ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {
    let imageSize = imageShape.reduce(1, *)
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples of this batch")
    precondition(buffer.count >= range.count * imageSize, "the buffer holds [range.count] + imageShape values")
    let factor = standardization.factorAlone
    for (position, index) in range.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: buffer[(position * imageSize)...].prefix(imageSize))
      if let changes {
        images[index].write(changes.transforms[index], surroundings: changes.surroundings, into: target)
        if let factor, factor != 1 { Self.multiply(target, by: factor) }
      } else {
        Self.write(images[index].bytes, times: factor ?? 1, into: target)
      }
    }
    guard factor == nil else { return }
    standardization.apply(
      to: UnsafeMutableBufferPointer(rebasing: buffer.prefix(range.count * imageSize)), imageSize: imageSize,
      channels: imageShape[2])
  }

  private static func write(_ bytes: [UInt8], times factor: Float, into target: UnsafeMutableBufferPointer<Float>) {
    bytes.withUnsafeBufferPointer { bytes in
      for offset in target.indices { target[offset] = Float(bytes[offset]) * factor }
    }
  }

  private static func multiply(_ values: UnsafeMutableBufferPointer<Float>, by factor: Float) {
    for offset in values.indices { values[offset] *= factor }
  }

  /// Writes the labels of some of the samples, `[range.count, classMode.labelWidth(…)]`: 0 or 1 for `binary`, one-hot
  /// rows for `categorical`, the class's index for `sparse`, what ``writeImages(_:into:)`` writes for `input`, nothing
  /// for `none`.
  ///
  /// - Precondition: the range lies in `0..<count`, every label is below `classes`, and the buffer is large
  ///   enough.
  public func writeLabels(_ range: Range<Int>, classes: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    let width = classMode.labelWidth(classes: classes, imageSize: imageShape.reduce(1, *))
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples of this batch")
    precondition(buffer.count >= range.count * width, "the buffer holds [range.count, label width] values")
    if classMode == .input { return writeImages(range, into: buffer) }
    for (position, label) in labels[range].enumerated() {
      precondition(label < classes, "labels below the number of classes")
      switch classMode {
      case .binary, .sparse:
        buffer[position] = Float(label)
      case .categorical:
        for column in 0..<width {
          buffer[position * width + column] = column == label ? 1 : 0
        }
      case .input, .none:
        break
      }
    }
  }
}
