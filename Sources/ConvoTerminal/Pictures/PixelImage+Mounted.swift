import ConvoImages

extension PixelImage {
  /// A picture with alpha on transparent paper of a size, in the upper left corner, reduced in its proportions if it
  /// does not fit: terminals stretch graphics to whole characters.
  func mounted(height newHeight: Int, width newWidth: Int) -> PixelImage {
    let scale = min(1, Double(newHeight) / Double(height), Double(newWidth) / Double(width))
    let image = resized(
      height: max(1, Int(Double(height) * scale)), width: max(1, Int(Double(width) * scale)), by: .bilinear)
    guard image.height < newHeight || image.width < newWidth else { return image }
    let margin = [UInt8](repeating: 0, count: (newWidth - image.width) * channels)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(newHeight * newWidth * channels)
    for row in 0..<image.height {
      let start = row * image.width * channels
      bytes += image.bytes[start..<(start + image.width * channels)]
      bytes += margin
    }
    bytes += [UInt8](repeating: 0, count: (newHeight - image.height) * newWidth * channels)
    return PixelImage(height: newHeight, width: newWidth, channels: channels, bytes: bytes)
  }
}
