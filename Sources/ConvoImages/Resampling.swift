/// Separable convolution in fixed point, rounded to bytes between the two passes, as Pillow does.
extension PixelImage {
  /// A part of the picture at another size; filters reach over its edges, but not over the picture's.
  func resampled(_ box: PixelBox, height newHeight: Int, width newWidth: Int, _ filter: ResamplingFilter) -> PixelImage
  {
    // Which pass comes first shows in the rounding. This is when Pillow 13 begins with the columns, found by
    // comparing both orders with it over thousands of sizes and parts.
    let beginsWithColumns = newHeight < height && height - newHeight > 2 * (width - newWidth)
    return beginsWithColumns
      ? resampled(box.rows, height: newHeight, filter).resampled(box.columns, width: newWidth, filter)
      : resampled(box.columns, width: newWidth, filter).resampled(box.rows, height: newHeight, filter)
  }

  private func resampled(_ columns: Range<Int>, width newWidth: Int, _ filter: ResamplingFilter) -> PixelImage {
    guard newWidth != width || columns != 0..<width else { return self }
    return resampledRows(ResamplingWeights(columns, of: width, to: newWidth, filter))
  }

  private func resampled(_ rows: Range<Int>, height newHeight: Int, _ filter: ResamplingFilter) -> PixelImage {
    guard newHeight != height || rows != 0..<height else { return self }
    return resampledColumns(ResamplingWeights(rows, of: height, to: newHeight, filter))
  }

  private func resampledRows(_ table: ResamplingWeights) -> PixelImage {
    let newWidth = table.spans.count
    let size = height * newWidth * channels
    let resampled = [UInt8](unsafeUninitializedCapacity: size) { buffer, written in
      bytes.withUnsafeBufferPointer { source in
        table.weights.withUnsafeBufferPointer { weights in
          guard let source = source.baseAddress, var target = buffer.baseAddress, let weights = weights.baseAddress
          else { return }
          for row in 0..<height {
            for (position, span) in table.spans.enumerated() {
              let from = source + (row * width + span.first) * channels
              write(from, weights + position * table.taps, span.count, to: target)
              target += channels
            }
          }
        }
      }
      written = size
    }
    return PixelImage(height: height, width: newWidth, channels: channels, bytes: resampled)
  }

  /// One pixel from `count` neighbours. A loop for each number of channels keeps the sums in registers:
  /// several times as fast as one over channels and neighbours.
  @inline(__always)
  private func write(
    _ from: UnsafePointer<UInt8>, _ weights: UnsafePointer<Int32>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) {
    switch channels {
    case 1:
      var gray = Self.half
      for tap in 0..<count {
        gray &+= Int32(from[tap]) &* weights[tap]
      }
      target[0] = Self.byte(gray)
    case 3:
      var (red, green, blue) = (Self.half, Self.half, Self.half)
      var from = from
      for tap in 0..<count {
        red &+= Int32(from[0]) &* weights[tap]
        green &+= Int32(from[1]) &* weights[tap]
        blue &+= Int32(from[2]) &* weights[tap]
        from += 3
      }
      (target[0], target[1], target[2]) = (Self.byte(red), Self.byte(green), Self.byte(blue))
    default:
      var sums = SIMD4<Int32>(repeating: Self.half)
      for tap in 0..<count {
        let pixel = UnsafeRawPointer(from).loadUnaligned(fromByteOffset: tap * 4, as: SIMD4<UInt8>.self)
        sums &+= SIMD4<Int32>(truncatingIfNeeded: pixel) &* weights[tap]
      }
      for channel in 0..<4 {
        target[channel] = Self.byte(sums[channel])
      }
    }
  }

  private func resampledColumns(_ table: ResamplingWeights) -> PixelImage {
    let newHeight = table.spans.count
    let rowBytes = width * channels
    var sums = [Int32](repeating: 0, count: rowBytes)
    let resampled = [UInt8](unsafeUninitializedCapacity: newHeight * rowBytes) { buffer, written in
      bytes.withUnsafeBufferPointer { source in
        sums.withUnsafeMutableBufferPointer { sums in
          for (position, span) in table.spans.enumerated() {
            sums.update(repeating: Self.half)
            for tap in 0..<span.count {
              let weight = table.weights[position * table.taps + tap]
              let row = UnsafeBufferPointer(rebasing: source[((span.first + tap) * rowBytes)...].prefix(rowBytes))
              for column in 0..<rowBytes {
                sums[column] &+= Int32(row[column]) &* weight
              }
            }
            for column in 0..<rowBytes {
              buffer[written + column] = Self.byte(sums[column])
            }
            written += rowBytes
          }
        }
      }
    }
    return PixelImage(height: newHeight, width: width, channels: channels, bytes: resampled)
  }

  private static var half: Int32 { 1 << (ResamplingWeights.fractionBits - 1) }

  @inline(__always)
  private static func byte(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(255, max(0, sum >> ResamplingWeights.fractionBits)))
  }
}
