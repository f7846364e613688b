import CTurboJPEG

/// A JPEG's channels as they are stored: brightness for every pixel, and two of colour that may be coarser.
///
/// Pixels are worked out from them one by one, with the same integers as libjpeg-turbo has them for whole pictures: its
/// "fancy upsampling" takes three quarters of the nearest colour and a quarter of the next one, in both directions, and
/// rounds up and down by turns; the colours are those of JFIF (ITU-T T.871) in 16-bit fixed point.
struct JPEGPlanes {
  /// How coarse the colours are.
  enum Sampling: CaseIterable {
    /// As fine as the brightness.
    case full
    /// Half as many columns.
    case halfWidth
    /// Half as many columns and rows.
    case half

    /// Nil for kinds that are rare.
    init?(_ subsampling: TJSAMP) {
      switch subsampling {
      case TJSAMP_444: self = .full
      case TJSAMP_422: self = .halfWidth
      case TJSAMP_420: self = .half
      default: return nil
      }
    }

    /// The sizes of the planes for a picture's: where the colours are coarser, all are rounded up to whole ones.
    func planeSizes(height: Int, width: Int) -> (luma: ImageSides, chroma: ImageSides) {
      let (rows, columns) = ((height + 1) / 2, (width + 1) / 2)
      return switch self {
      case .full: ((height, width), (height, width))
      case .halfWidth: ((height, 2 * columns), (height, columns))
      case .half: ((2 * rows, 2 * columns), (rows, columns))
      }
    }

    typealias ImageSides = (height: Int, width: Int)
  }

  let height: Int
  let width: Int
  let sampling: Sampling
  /// The planes of brightness, blueness and redness, each row by row.
  let bytes: [UInt8]

  /// Where a pixel's colour comes from: three quarters from one place, a quarter from its neighbour.
  private struct Source {
    let near: Int
    let next: Int
    let isSecond: Bool

    init(_ position: Int, of count: Int, isHalved: Bool) {
      guard isHalved else {
        (near, next, isSecond) = (position, position, false)
        return
      }
      near = position / 2
      isSecond = position % 2 == 1
      next = isSecond ? min(near + 1, count - 1) : max(near - 1, 0)
    }
  }

  /// The colours at a grid's places.
  func pixels(_ grid: PixelGrid) -> DecodedPixels {
    let (plane, chroma) = sampling.planeSizes(height: height, width: width)
    let columns = grid.columns.map { Source($0, of: chroma.width, isHalved: sampling != .full) }
    let size = grid.rows.count * grid.columns.count * 3
    let colors = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      bytes.withUnsafeBufferPointer { bytes in
        guard let luma = bytes.baseAddress, var target = buffer.baseAddress else { return }
        let blue = luma + plane.height * plane.width
        let red = blue + chroma.height * chroma.width
        for row in grid.rows {
          let source = Source(row, of: chroma.height, isHalved: sampling == .half)
          let (near, next) = (source.near * chroma.width, source.next * chroma.width)
          for (column, place) in zip(grid.columns, columns) {
            let color = Color(
              luma: luma[row * plane.width + column], blue: value(blue + near, blue + next, place),
              red: value(red + near, red + next, place))
            (target[0], target[1], target[2]) = (color.red, color.green, color.blue)
            target += 3
          }
        }
        count = size
      }
    }
    return DecodedPixels(height: grid.rows.count, width: grid.columns.count, layout: .rgb, bytes: colors)
  }

  /// A colour channel's value at a pixel, from the rows that are near and next to it.
  @inline(__always)
  private func value(_ near: UnsafePointer<UInt8>, _ next: UnsafePointer<UInt8>, _ column: Source) -> Int32 {
    switch sampling {
    case .full:
      return Int32(near[column.near])
    case .halfWidth:
      let sum = 3 &* Int32(near[column.near]) &+ Int32(near[column.next])
      return (sum &+ (column.isSecond ? 2 : 1)) >> 2
    case .half:
      let nearSum = 3 &* Int32(near[column.near]) &+ Int32(next[column.near])
      let nextSum = 3 &* Int32(near[column.next]) &+ Int32(next[column.next])
      return (3 &* nearSum &+ nextSum &+ (column.isSecond ? 7 : 8)) >> 4
    }
  }

  private struct Color {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    /// `R = Y + 1.402 (Cr - 128)`, `G = Y - 0.34414 (Cb - 128) - 0.71414 (Cr - 128)`, `B = Y + 1.772 (Cb - 128)`.
    @inline(__always)
    init(luma: UInt8, blue blueness: Int32, red redness: Int32) {
      let (y, cb, cr) = (Int32(luma), blueness &- 128, redness &- 128)
      red = Self.byte(y &+ (91_881 &* cr &+ 32_768) >> 16)
      green = Self.byte(y &+ (-22_554 &* cb &- 46_802 &* cr &+ 32_768) >> 16)
      blue = Self.byte(y &+ (116_130 &* cb &+ 32_768) >> 16)
    }

    @inline(__always)
    private static func byte(_ value: Int32) -> UInt8 {
      UInt8(truncatingIfNeeded: min(255, max(0, value)))
    }
  }
}
