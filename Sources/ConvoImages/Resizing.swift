extension PixelImage {
  /// The picture at another size, with the bytes that Pillow's `Image.resize` gives.
  ///
  /// With alpha, all but nearest work on premultiplied colours, so that transparent pixels do not bleed.
  ///
  /// - Precondition: both sides are positive; ``ImageLimits/check(height:width:bitsPerPixel:)`` is the way to
  ///   check what a user asks for.
  public func resized(height newHeight: Int, width newWidth: Int, by interpolation: Interpolation) -> PixelImage {
    resized(
      PixelBox(rows: 0..<height, columns: 0..<width), height: newHeight, width: newWidth, by: interpolation)
  }

  /// A part of the picture at another size. As in Pillow, the filters at the part's edges reach over them.
  func resized(
    _ box: PixelBox, height newHeight: Int, width newWidth: Int, by interpolation: Interpolation
  ) -> PixelImage {
    if newHeight == height, newWidth == width, box == PixelBox(rows: 0..<height, columns: 0..<width) { return self }
    guard let filter = interpolation.filter else {
      return resizedToNearest(box, height: newHeight, width: newWidth)
    }
    guard channels == 4 else { return resampled(box, height: newHeight, width: newWidth, filter) }
    return premultiplied().resampled(box, height: newHeight, width: newWidth, filter).unpremultiplied()
  }

  private func resizedToNearest(_ box: PixelBox, height newHeight: Int, width newWidth: Int) -> PixelImage {
    let grid = PixelGrid(box, height: newHeight, width: newWidth)
    return PixelImage(
      height: newHeight, width: newWidth, channels: channels,
      bytes: grid.pick(bytes, width: width, channels: channels))
  }

  private func premultiplied() -> PixelImage {
    mapPixels { color, alpha in multipliedOver255(color, alpha) }
  }

  private func unpremultiplied() -> PixelImage {
    mapPixels { color, alpha in
      alpha == 0 || alpha == 255 ? color : UInt8(min(255, 255 * Int(color) / Int(alpha)))
    }
  }

  private func mapPixels(_ transform: (UInt8, UInt8) -> UInt8) -> PixelImage {
    var mapped = bytes
    for pixel in stride(from: 0, to: mapped.count, by: 4) {
      let alpha = mapped[pixel + 3]
      for channel in pixel..<(pixel + 3) {
        mapped[channel] = transform(mapped[channel], alpha)
      }
    }
    return PixelImage(height: height, width: width, channels: channels, bytes: mapped)
  }
}
