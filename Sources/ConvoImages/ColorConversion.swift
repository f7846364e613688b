/// The conversions of Pillow's `Image.convert`, with the same integer arithmetic.
extension DecodedPixels {
  /// A picture with `mode.channels` channels.
  func converted(to mode: ColorMode) -> PixelImage {
    PixelImage(height: height, width: width, channels: mode.channels, bytes: convertedBytes(to: mode))
  }

  private func convertedBytes(to mode: ColorMode) -> [UInt8] {
    switch (mode, layout) {
    case (.grayscale, .gray), (.rgb, .rgb), (.rgba, .rgba):
      return bytes
    case (.grayscale, .grayAlpha):
      return map(to: 1) { from, to in to[0] = from[0] }
    case (.grayscale, .rgb), (.grayscale, .rgba):
      return map(to: 1) { from, to in to[0] = luma(from[0], from[1], from[2]) }
    case (.grayscale, .invertedCMYK):
      return map(to: 1) { from, to in
        let (red, green, blue) = rgb(invertedCMYK: from)
        to[0] = luma(red, green, blue)
      }
    case (.rgb, .gray), (.rgb, .grayAlpha):
      return map(to: 3) { from, to in (to[0], to[1], to[2]) = (from[0], from[0], from[0]) }
    case (.rgb, .rgba):
      return map(to: 3) { from, to in (to[0], to[1], to[2]) = (from[0], from[1], from[2]) }
    case (.rgb, .invertedCMYK):
      return map(to: 3) { from, to in (to[0], to[1], to[2]) = rgb(invertedCMYK: from) }
    case (.rgba, .gray):
      return map(to: 4) { from, to in
        (to[0], to[1], to[2], to[3]) = (from[0], from[0], from[0], alpha(from[0], from[0], from[0]))
      }
    case (.rgba, .grayAlpha):
      return map(to: 4) { from, to in (to[0], to[1], to[2], to[3]) = (from[0], from[0], from[0], from[1]) }
    case (.rgba, .rgb):
      return map(to: 4) { from, to in
        (to[0], to[1], to[2], to[3]) = (from[0], from[1], from[2], alpha(from[0], from[1], from[2]))
      }
    case (.rgba, .invertedCMYK):
      return map(to: 4) { from, to in
        (to[0], to[1], to[2]) = rgb(invertedCMYK: from)
        to[3] = 255
      }
    }
  }

  private func alpha(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    guard let key = transparentColor else { return 255 }
    return red == key.red && green == key.green && blue == key.blue ? 0 : 255
  }

  private func map(
    to channels: Int, _ convert: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> [UInt8] {
    let pixels = height * width
    return [UInt8](unsafeUninitializedCapacity: pixels * channels) { buffer, count in
      bytes.withUnsafeBufferPointer { source in
        guard var from = source.baseAddress, var to = buffer.baseAddress else { return }
        for _ in 0..<pixels {
          convert(from, to)
          from += layout.channels
          to += channels
        }
      }
      count = pixels * channels
    }
  }
}

/// ITU-R 601-2 luma in 16-bit fixed point, rounded.
@inline(__always)
private func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
  UInt8(truncatingIfNeeded: (UInt32(red) * 19595 + UInt32(green) * 38470 + UInt32(blue) * 7471 + 0x8000) >> 16)
}

/// `(255 - K) - ink · (255 - K) / 255` for each ink; with inverted values, `255 - K` is the stored byte.
@inline(__always)
private func rgb(invertedCMYK from: UnsafePointer<UInt8>) -> (UInt8, UInt8, UInt8) {
  let light = from[3]
  func channel(_ stored: UInt8) -> UInt8 {
    light - multipliedOver255(255 - stored, light)
  }
  return (channel(from[0]), channel(from[1]), channel(from[2]))
}

/// `a · b / 255`, rounded, without a division; never more than either.
@inline(__always)
func multipliedOver255(_ a: UInt8, _ b: UInt8) -> UInt8 {
  let product = UInt32(a) * UInt32(b) + 128
  return UInt8(truncatingIfNeeded: ((product >> 8) + product) >> 8)
}
