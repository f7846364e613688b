public import ConvoImages

/// What was learned about a file when it was decoded for the first time; about a hundred bytes.
public struct FileFacts: Sendable, Equatable {
  /// How far apart the values of a channel may lie in a picture that is called blank: 8 of 255, which lets a plain
  /// sheet of paper through that was scanned or compressed.
  public static let blankRange = 8

  /// What the file's header says.
  public let header: ImageHeader
  /// Of all pixels, converted to the generator's channels and before any resizing: two files of the same size and
  /// fingerprint show the same picture. It depends on nothing but the pixels, so that generators can be compared
  /// whose `color_mode` is the same.
  public let fingerprint: UInt64
  /// Whether no channel's values lie further apart than ``blankRange``.
  public let isBlank: Bool
  /// Mean of the values of 32x32 pixels, evenly spread, 0…255.
  public let brightness: Float

  /// The facts about a picture as it was decoded.
  init(header: ImageHeader, image: PixelImage) {
    self.header = header
    fingerprint = PixelFingerprint.of(image)
    isBlank = Self.isBlank(image)
    brightness = Self.brightness(image)
  }

  /// Ends as soon as two values are too far apart, which in most pictures is soon.
  private static func isBlank(_ image: PixelImage) -> Bool {
    image.bytes.withUnsafeBufferPointer { bytes in
      (0..<image.channels).allSatisfy { channel in
        var (least, most) = (UInt8.max, UInt8.min)
        for offset in stride(from: channel, to: bytes.count, by: image.channels) {
          least = min(least, bytes[offset])
          most = max(most, bytes[offset])
          if Int(most) - Int(least) > blankRange { return false }
        }
        return true
      }
    }
  }

  private static func brightness(_ image: PixelImage) -> Float {
    let side = 32
    let channels = min(image.channels, 3)  // opacity is no brightness
    var sum = 0
    for row in 0..<side {
      for column in 0..<side {
        let pixel = (row * image.height / side) * image.width + column * image.width / side
        for channel in 0..<channels { sum += Int(image.bytes[pixel * image.channels + channel]) }
      }
    }
    return Float(sum) / Float(side * side * channels)
  }
}

extension FileFacts {
  /// Which picture it is, as far as pixels tell.
  struct Identity: Hashable {
    let fingerprint: UInt64
    let height: Int
    let width: Int
  }

  var identity: Identity { Identity(fingerprint: fingerprint, height: header.height, width: header.width) }
}
