/// Some rows and columns of a picture: those that resizing to the nearest pixel keeps.
///
/// A decoder that knows them can leave out work on all other pixels.
struct PixelGrid: Equatable {
  let rows: [Int]
  let columns: [Int]

  /// The pixels of a part of a picture that make up one of a new size.
  init(_ box: PixelBox, height: Int, width: Int) {
    rows = Self.nearest(from: box.rows, to: height)
    columns = Self.nearest(from: box.columns, to: width)
  }

  /// The old position under the centre of each new one. The position is stepped, not multiplied, as Pillow's
  /// affine transform does: the rounding is then the same.
  private static func nearest(from old: Range<Int>, to new: Int) -> [Int] {
    let step = Double(old.count) / Double(new)
    var position = Double(old.lowerBound) + step * 0.5
    return (0..<new).map { _ in
      defer { position += step }
      return min(Int(position), old.upperBound - 1)
    }
  }

  /// The pixels at the grid's places, `[rows, columns, channels]`.
  ///
  /// - Parameter bytes: a picture's, `[height, width, channels]`.
  func pick(_ bytes: [UInt8], width: Int, channels: Int) -> [UInt8] {
    let size = rows.count * columns.count * channels
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
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
  }
}

extension DecodedPixels {
  /// The pixels at a grid's places.
  func pixels(_ grid: PixelGrid) -> DecodedPixels {
    var picked = DecodedPixels(
      height: grid.rows.count, width: grid.columns.count, layout: layout,
      bytes: grid.pick(bytes, width: width, channels: layout.channels))
    picked.transparentColor = transparentColor
    return picked
  }
}
