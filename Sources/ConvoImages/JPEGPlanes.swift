import CPixels

/// A plain JPEG's channels at the places of a grid: brightness there, and colour near there, which may be coarser.
///
/// The pixels are worked out with the same integers as libjpeg-turbo has them for whole pictures: its "fancy upsampling"
/// takes three quarters of the nearest colour and a quarter of the next one, in both directions, and rounds up and down by
/// turns; the colours are those of JFIF (ITU-T T.871) in 16-bit fixed point.
struct JPEGPlanes {
  /// How coarse the colours are.
  private enum Sampling {
    /// As fine as the brightness.
    case full
    /// Half as many columns.
    case halfWidth
    /// Half as many columns and rows.
    case half

    init(_ frame: convo_jpeg_frame) {
      self = frame.tall == 2 ? .half : frame.wide == 2 ? .halfWidth : .full
    }
  }

  /// Where a pixel's values stand among those that are there, by its row or column: its brightness, and its colour, three
  /// quarters of which come from one place and a quarter from its neighbour.
  private struct Source {
    let luma: Int
    let near: Int
    let next: Int
    let isSecond: Bool
  }

  /// A grid's rows, or its columns.
  private struct Axis {
    let luma: JPEGLines
    let chroma: JPEGLines
    let sources: [Source]

    /// - Parameters:
    ///   - side: how many there are in the picture.
    ///   - factor: how many of them share a colour.
    ///   - units: how often eight of the colours' lie in the picture, rounded up.
    init(_ positions: [Int], side: Int, factor: Int, units: Int) {
      let last = (side - 1) / factor
      func next(_ position: Int) -> Int {
        factor == 1 ? position : position % 2 == 1 ? min(position / 2 + 1, last) : max(position / 2 - 1, 0)
      }
      let luma = JPEGLines(positions, blocks: units * factor)
      let chroma = JPEGLines(positions.map { $0 / factor } + positions.map(next), blocks: units)
      sources = positions.map {
        Source(
          luma: luma.index(of: $0), near: chroma.index(of: $0 / factor), next: chroma.index(of: next($0)),
          isSecond: $0 % factor == 1)
      }
      (self.luma, self.chroma) = (luma, chroma)
    }

    func withLines<Result>(_ body: (_ luma: convo_jpeg_lines, _ chroma: convo_jpeg_lines) -> Result) -> Result? {
      luma.withLines { luma in chroma.withLines { chroma in body(luma, chroma) } } ?? nil
    }
  }

  private let sampling: Sampling
  private let rows: Axis
  private let columns: Axis
  /// The planes of brightness, blueness and redness, each row by row, with a padding behind each row.
  private let bytes: [UInt8]

  private var lumaWidth: Int { columns.luma.count + Int(convo_jpeg_padding) }
  private var chromaWidth: Int { columns.chroma.count + Int(convo_jpeg_padding) }
  private var lumaSize: Int { rows.luma.count * lumaWidth }
  private var chromaSize: Int { rows.chroma.count * chromaWidth }

  /// Nil for a file that is not plain (see `convo_jpeg_open`), or not in order.
  init?(_ data: UnsafeRawBufferPointer, _ header: JPEGHeader, _ grid: PixelGrid) {
    var frame = convo_jpeg_frame()
    guard let jpeg = convo_jpeg_open(data.bindMemory(to: UInt8.self).baseAddress, data.count, &frame) else {
      return nil
    }
    defer { convo_jpeg_close(jpeg) }
    // libjpeg-turbo does not mix colours where there are so few of them.
    guard frame.height == header.height, frame.width == header.width, frame.width > 2 * frame.wide else { return nil }
    sampling = Sampling(frame)
    rows = Axis(grid.rows, side: frame.height, factor: frame.tall, units: frame.units_down)
    columns = Axis(grid.columns, side: frame.width, factor: frame.wide, units: frame.units_across)
    let (lumaSize, chromaSize) = (
      rows.luma.count * (columns.luma.count + Int(convo_jpeg_padding)),
      rows.chroma.count * (columns.chroma.count + Int(convo_jpeg_padding))
    )
    let (rows, columns) = (rows, columns)
    var isRead: Bool?
    bytes = [UInt8](unsafeUninitializedCapacity: lumaSize + 2 * chromaSize) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      let planes: [UnsafeMutablePointer<UInt8>?] = [start, start + lumaSize, start + lumaSize + chromaSize]
      isRead = rows.withLines { lumaRows, chromaRows in
        columns.withLines { lumaColumns, chromaColumns in
          convo_jpeg_read(
            jpeg, convo_jpeg_grid(rows: lumaRows, columns: lumaColumns),
            convo_jpeg_grid(rows: chromaRows, columns: chromaColumns), planes)
        } ?? false
      }
      count = buffer.count
    }
    guard isRead == true else { return nil }
  }

  /// The colours at the grid's places.
  func pixels() -> DecodedPixels {
    let size = rows.sources.count * columns.sources.count * 3
    let colors = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      bytes.withUnsafeBufferPointer { bytes in
        guard let luma = bytes.baseAddress, var target = buffer.baseAddress else { return }
        let blue = luma + lumaSize
        let red = blue + chromaSize
        for row in rows.sources {
          let brightness = luma + row.luma * lumaWidth
          let (near, next) = (row.near * chromaWidth, row.next * chromaWidth)
          for column in columns.sources {
            let color = Color(
              luma: brightness[column.luma], blue: value(blue + near, blue + next, column),
              red: value(red + near, red + next, column))
            (target[0], target[1], target[2]) = (color.red, color.green, color.blue)
            target += 3
          }
        }
        count = size
      }
    }
    return DecodedPixels(height: rows.sources.count, width: columns.sources.count, layout: .rgb, bytes: colors)
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
