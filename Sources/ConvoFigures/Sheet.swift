import ConvoImages

/// White paper to put pictures on, byte for byte.
struct Sheet {
  let height: Int
  let width: Int
  private(set) var bytes: [UInt8]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    bytes = Array(repeating: 255, count: height * width * 3)
  }

  var image: PixelImage { PixelImage(height: height, width: width, channels: 3, bytes: bytes) }

  /// Puts a picture with its upper left corner at a place; what is transparent shows the paper.
  mutating func place(_ image: PixelImage, row: Int, column: Int) {
    for y in 0..<image.height where (0..<height).contains(row + y) {
      for x in 0..<image.width where (0..<width).contains(column + x) {
        let from = (y * image.width + x) * image.channels
        let to = ((row + y) * width + column + x) * 3
        for channel in 0..<3 {
          let value = image.bytes[from + (image.channels == 1 ? 0 : channel)]
          bytes[to + channel] =
            image.channels == 4 ? Self.blended(value, over: bytes[to + channel], image.bytes[from + 3]) : value
        }
      }
    }
  }

  /// Darkens a pixel towards a gray.
  mutating func blend(_ value: UInt8, alpha: UInt8, row: Int, column: Int) {
    let place = (row * width + column) * 3
    for offset in place..<(place + 3) { bytes[offset] = Self.blended(value, over: bytes[offset], alpha) }
  }

  private static func blended(_ value: UInt8, over below: UInt8, _ alpha: UInt8) -> UInt8 {
    let sum: Int = Int(value) * Int(alpha) + Int(below) * Int(255 - alpha)
    return UInt8((sum + 127) / 255)
  }
}
