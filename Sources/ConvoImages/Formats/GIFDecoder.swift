import CGIF

/// Decodes the first picture of a GIF file; giflib decompresses its indices.
///
/// As in Pillow, the canvas around the picture has the transparent index, or index 0 where there is none.
enum GIFDecoder {
  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try GIFHeader(data)
    let frame = header.frame
    let indices = try FrameDecompressor(data, header).indices()
    let fillsCanvas = frame.rows.count == header.height && frame.columns.count == header.width
    return IndexedPixels(
      height: header.height, width: header.width, indices: fillsCanvas ? indices : onCanvas(indices, header),
      palette: header.palette ?? IndexedPixels.grayRamp,
      alpha: header.transparent.map { Array(repeating: 255, count: Int($0)) + [0] }
    ).decoded()
  }

  private static func onCanvas(_ indices: [UInt8], _ header: GIFHeader) -> [UInt8] {
    var canvas = [UInt8](repeating: header.transparent ?? 0, count: header.height * header.width)
    let (rows, columns) = (header.frame.rows, header.frame.columns)
    for row in rows {
      let from = (row - rows.lowerBound) * columns.count
      let to = row * header.width + columns.lowerBound
      canvas.replaceSubrange(to..<(to + columns.count), with: indices[from..<(from + columns.count)])
    }
    return canvas
  }
}

/// Hands giflib a file of the first picture alone: its own walk from block to block stops at what Pillow passes
/// over, and a file that ends within the picture's blocks, but behind its last pixel, is whole enough.
private final class FrameDecompressor {
  private let header: GIFHeader
  private let isWhole: Bool
  private let file: [UInt8]
  private var offset = 0

  init(_ data: UnsafeRawBufferPointer, _ header: GIFHeader) throws(ImageProblem) {
    self.header = header
    let codeSize = try LittleEndianBytes(data).byte(at: header.pixels)
    let blocks = header.pixels + 1
    let end = GIFBlocks.end(data, from: blocks)
    isWhole = end.isWhole
    func number(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    let size = number(header.frame.columns.count) + number(header.frame.rows.count)
    file =
      Array("GIF89a".utf8) + size + [0, 0, 0]
      + [0x2C, 0, 0, 0, 0] + size + [0, codeSize]
      + data[blocks..<end.offset] + [0, 0x3B]
  }

  func indices() throws(ImageProblem) -> [UInt8] {
    var failure: Int32 = 0
    let source = Unmanaged.passUnretained(self).toOpaque()
    let read: InputFunc = { gif, target, count in
      guard let gif, let target, let source = gif.pointee.UserData else { return 0 }
      return Unmanaged<FrameDecompressor>.fromOpaque(source).takeUnretainedValue().read(to: target, Int(count))
    }
    guard let gif = withExtendedLifetime(self, { DGifOpen(source, read, &failure) }) else { throw problem(failure) }
    defer { DGifCloseFile(gif, nil) }
    var kind = UNDEFINED_RECORD_TYPE
    guard DGifGetRecordType(gif, &kind) == GIF_OK, DGifGetImageDesc(gif) == GIF_OK else {
      throw problem(gif.pointee.Error)
    }

    let (height, width) = (header.frame.rows.count, header.frame.columns.count)
    var indices = [UInt8](repeating: 0, count: height * width)
    let isDone = indices.withUnsafeMutableBufferPointer { indices in
      guard let start = indices.baseAddress else { return false }
      return withExtendedLifetime(self) {
        rowsInFile(height).allSatisfy { DGifGetLine(gif, start + $0 * width, Int32(width)) == GIF_OK }
      }
    }
    guard isDone else { throw problem(gif.pointee.Error) }
    return indices
  }

  private func rowsInFile(_ height: Int) -> [Int] {
    guard header.isInterlaced else { return Array(0..<height) }
    return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { first, step in Array(stride(from: first, to: height, by: step)) }
  }

  private func read(to target: UnsafeMutablePointer<GifByteType>, _ wanted: Int) -> Int32 {
    let count = min(wanted, file.count - offset)
    file.withUnsafeBufferPointer { file in
      guard count > 0, let start = file.baseAddress else { return }
      target.update(from: start + offset, count: count)
    }
    offset += count
    return Int32(count)
  }

  private func problem(_ code: Int32) -> ImageProblem {
    guard isWhole else { return .truncated }
    guard let reason = GifErrorString(code) else { return .damaged("the GIF decoder gave no reason") }
    return .damaged(String(cString: reason))
  }
}
