import CPixels

extension PixelImage {
  /// Writes the picture, changed, as floats in 0…255: Keras's `apply_transform`, in its order: rotation, shift, shear and
  /// zoom in one affine map with linear interpolation, channel shift, flips, brightness.
  ///
  /// - Parameters:
  ///   - surroundings: what is seen where the transform looks beyond the edge.
  ///   - target: receives `[height, width, channels]`.
  /// - Precondition: `target` has as many values as the picture; the transform's numbers are finite, and small enough
  ///   for positions to stay below 2⁵³.
  public func write(
    _ transform: ImageTransform, surroundings: Surroundings, into target: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(target.count == bytes.count, "as many values as the picture has")
    guard let output = target.baseAddress else { return }
    let flip = convo_flip(left_right: transform.flipHorizontal, up_down: transform.flipVertical)
    bytes.withUnsafeBufferPointer { bytes in
      let picture = convo_picture(bytes: bytes.baseAddress, height: height, width: width, channels: channels)
      if transform.isAffine {
        var map = AffineMap(transform, height: height, width: width).kernelValue
        convo_transform(
          picture, &map, surroundings.fillMode.kernelValue, Float(surroundings.value), flip, output)
      } else {
        convo_flipped(picture, flip, output)
      }
    }
    if let shift = transform.channelShift {
      let (smallest, largest) = Self.range(target)
      convo_shift(output, target.count, Float(shift), smallest, largest)
    }
    if let brightness = transform.brightness { brighten(target, by: Float(brightness)) }
  }

  /// Pillow brightens bytes alone. Values that are none, from a `value` of the surroundings below 0 or above 255, are
  /// spread over 0…255 for that long.
  private func brighten(_ target: UnsafeMutableBufferPointer<Float>, by factor: Float) {
    let (smallest, largest) = Self.range(target)
    guard smallest < 0 || largest > 255 else {
      convo_brighten(target.baseAddress, target.count, channels, factor)
      return
    }
    let span = largest - smallest
    for index in target.indices {
      target[index] -= smallest
      if span != 0 { target[index] /= span }
      target[index] *= 255
    }
    convo_brighten(target.baseAddress, target.count, channels, factor)
    for index in target.indices { target[index] = target[index] / 255 * span + smallest }
  }

  private static func range(_ values: UnsafeMutableBufferPointer<Float>) -> (smallest: Float, largest: Float) {
    var (smallest, largest) = (Float(0), Float(0))
    convo_range(values.baseAddress, values.count, &smallest, &largest)
    return (smallest, largest)
  }

  /// The picture, changed, as bytes: each value rounded to the nearest, those beyond 0…255 cut.
  public func transformed(by transform: ImageTransform, surroundings: Surroundings) -> PixelImage {
    let rounded = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: bytes.count) { floats in
        write(transform, surroundings: surroundings, into: floats)
        for index in floats.indices { buffer[index] = UInt8(min(255, max(0, floats[index].rounded()))) }
      }
      count = bytes.count
    }
    return PixelImage(height: height, width: width, channels: channels, bytes: rounded)
  }
}
