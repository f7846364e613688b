public import ConvoImages

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
  /// Each value is multiplied by this; nil leaves 0…255.
  public let rescale: Double?

  /// - Precondition: as many labels and pictures as indices; each picture has `imageShape`.
  public init(
    indices: [Int], labels: [Int], images: [PixelImage], imageShape: [Int], classMode: ClassMode, rescale: Double?
  ) {
    precondition(labels.count == indices.count && images.count == indices.count, "a label and a picture for each")
    precondition(images.allSatisfy { [$0.height, $0.width, $0.channels] == imageShape }, "pictures of one shape")
    self.indices = indices
    self.labels = labels
    self.images = images
    self.imageShape = imageShape
    self.classMode = classMode
    self.rescale = rescale
  }

  /// How many samples.
  public var count: Int { indices.count }

  /// All pixels, `[count, height, width, channels]`, in one new array.
  public var pixels: [UInt8] { images.flatMap(\.bytes) }

  /// Writes the pictures of some of the samples, `[range.count, height, width, channels]`:
  /// `Float(byte) × Float(rescale)`, rounded once, as Keras multiplies its float32 array.
  ///
  /// - Precondition: the range lies in `0..<count` and the buffer is large enough.
  public func writeImages(_ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {
    let imageSize = imageShape.reduce(1, *)
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples of this batch")
    precondition(buffer.count >= range.count * imageSize, "the buffer holds [range.count] + imageShape values")
    let scale = rescale.map { Float($0) } ?? 1
    for (position, image) in images[range].enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: buffer[(position * imageSize)...].prefix(imageSize))
      image.bytes.withUnsafeBufferPointer { bytes in
        for offset in 0..<imageSize {
          target[offset] = Float(bytes[offset]) * scale
        }
      }
    }
  }

  /// Writes the labels of some of the samples, `[range.count, classMode.labelWidth(classes: classes)]`: 0 or 1
  /// for `binary`, one-hot rows for `categorical`, the class's index for `sparse`, nothing for the others.
  ///
  /// - Precondition: the range lies in `0..<count`, every label is below `classes`, and the buffer is large
  ///   enough.
  public func writeLabels(_ range: Range<Int>, classes: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    let width = classMode.labelWidth(classes: classes)
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples of this batch")
    precondition(buffer.count >= range.count * width, "the buffer holds [range.count, label width] values")
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
