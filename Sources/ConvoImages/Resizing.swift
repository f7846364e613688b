extension PixelImage {
  /// The picture at another size, with the bytes that Pillow's `Image.resize` gives.
  ///
  /// With alpha, bilinear works on premultiplied colours, so that transparent pixels do not bleed.
  ///
  /// - Precondition: both sides are positive; ``ImageLimits/check(height:width:bitsPerPixel:)`` is the way to
  ///   check what a user asks for.
  public func resized(height newHeight: Int, width newWidth: Int, by interpolation: Interpolation) -> PixelImage {
    guard newHeight != height || newWidth != width else { return self }
    switch interpolation {
    case .nearest:
      return resizedToNearest(height: newHeight, width: newWidth)
    case .bilinear:
      let filter = ResamplingFilter.triangle
      guard channels == 4 else { return resampled(height: newHeight, width: newWidth, filter) }
      return premultiplied().resampled(height: newHeight, width: newWidth, filter).unpremultiplied()
    }
  }

  private func resizedToNearest(height newHeight: Int, width newWidth: Int) -> PixelImage {
    let rows = Self.nearest(from: height, to: newHeight)
    let columns = Self.nearest(from: width, to: newWidth)
    let resized = [UInt8](unsafeUninitializedCapacity: newHeight * newWidth * channels) { buffer, count in
      bytes.withUnsafeBufferPointer { source in
        for row in rows {
          let start = row * width * channels
          for column in columns {
            for channel in 0..<channels {
              buffer[count] = source[start + column * channels + channel]
              count += 1
            }
          }
        }
      }
    }
    return PixelImage(height: newHeight, width: newWidth, channels: channels, bytes: resized)
  }

  /// The old position under the centre of each new one. The position is stepped, not multiplied, as Pillow's
  /// affine transform does: the rounding is then the same.
  private static func nearest(from old: Int, to new: Int) -> [Int] {
    let step = Double(old) / Double(new)
    var position = step * 0.5
    return (0..<new).map { _ in
      defer { position += step }
      return min(Int(position), old - 1)
    }
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
