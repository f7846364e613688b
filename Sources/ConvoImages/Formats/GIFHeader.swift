/// What a GIF file says up to the pixels of its first picture (GIF89a specification, sections 18 to 23).
struct GIFHeader {
  /// The canvas, stretched as in Pillow where the first picture reaches over it.
  let width: Int
  let height: Int
  /// Where the first picture lies on the canvas.
  let frame: PixelBox
  let isInterlaced: Bool
  /// The picture's own palette, or else the file's, or else nil.
  let palette: [IndexedPixels.Color]?
  let transparent: UInt8?
  /// Where the picture's compressed indices begin: the size of its first code, then blocks.
  let pixels: Int

  /// - Parameter data: a file that begins with the signature; a prefix that reaches to the first picture is enough.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    let file = LittleEndianBytes(data)
    var palette: [IndexedPixels.Color]?
    var transparent: UInt8?
    let flags = try file.byte(at: 10)
    var offset = 13
    if flags & 0x80 != 0 {
      palette = try Self.palette(file, at: &offset, flags)
    }
    while true {
      let kind = try file.byte(at: offset)
      offset += 1
      switch kind {
      case 0x2C:
        let (left, top) = (try file.number16(at: offset), try file.number16(at: offset + 2))
        let (width, height) = (try file.number16(at: offset + 4), try file.number16(at: offset + 6))
        let flags = try file.byte(at: offset + 8)
        offset += 9
        if flags & 0x80 != 0 {
          palette = try Self.palette(file, at: &offset, flags)
        }
        guard width > 0, height > 0 else { throw .noPixels }
        frame = PixelBox(rows: top..<(top + height), columns: left..<(left + width))
        isInterlaced = flags & 0x40 != 0
        self.width = max(try file.number16(at: 6), frame.columns.upperBound)
        self.height = max(try file.number16(at: 8), frame.rows.upperBound)
        self.palette = palette
        self.transparent = transparent
        pixels = offset
        return
      case 0x21:
        let isControl = try file.byte(at: offset) == 0xF9
        offset += 1
        if isControl, try file.byte(at: offset) >= 4, try file.byte(at: offset + 1) & 1 != 0 {
          transparent = try file.byte(at: offset + 4)
        }
        try GIFBlocks.skip(file, &offset)
      case 0x3B:
        throw .damaged("there is no picture in it")
      default:
        // Pillow passes over what stands between blocks.
        continue
      }
    }
  }

  private static func palette(
    _ file: LittleEndianBytes, at offset: inout Int, _ flags: UInt8
  ) throws(ImageProblem) -> [IndexedPixels.Color] {
    let stored = try file.slice(at: offset, count: 3 << (Int(flags & 7) + 1))
    offset += stored.count
    let palette = stride(from: 0, to: stored.count, by: 3).map { (stored[$0], stored[$0 + 1], stored[$0 + 2]) }
    return IndexedPixels.isGrayRamp(palette) ? IndexedPixels.grayRamp : palette
  }

  var summary: ImageHeader {
    ImageHeader(
      format: .gif, width: width, height: height, channels: 1, bitDepth: 8, isInterlaced: isInterlaced)
  }
}

/// Blocks of a length and so many bytes, ended by one of no length.
enum GIFBlocks {
  /// Moves behind the blocks.
  static func skip(_ file: LittleEndianBytes, _ offset: inout Int) throws(ImageProblem) {
    while true {
      let length = Int(try file.byte(at: offset))
      offset += 1 + length
      if length == 0 { return }
    }
  }

  /// The end of the last whole block from an offset on, and whether an empty one follows.
  static func end(_ data: UnsafeRawBufferPointer, from start: Int) -> (offset: Int, isWhole: Bool) {
    var offset = start
    while offset < data.count {
      let length = Int(data[offset])
      if length == 0 { return (offset, true) }
      guard offset + 1 + length <= data.count else { break }
      offset += 1 + length
    }
    return (min(offset, data.count), false)
  }
}
