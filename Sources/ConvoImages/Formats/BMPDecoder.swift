/// Decodes BMP files: 1, 4 and 8 bits with a palette, plain or run-length encoded, and 16, 24 and 32 bits with
/// any masks.
///
/// As in Pillow, the fourth byte of a pixel of 32 bits is alpha only where a mask says so.
enum BMPDecoder {
  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try BMPHeader(data)
    guard header.bits <= 8 else { return try colors(data, header) }
    return IndexedPixels(
      height: header.height, width: header.width, indices: try indices(data, header),
      palette: try palette(data, header)
    ).decoded()
  }

  private static func palette(
    _ data: UnsafeRawBufferPointer, _ header: BMPHeader
  ) throws(ImageProblem) -> [IndexedPixels.Color] {
    let (start, count, entry) = header.palette
    let stored = try LittleEndianBytes(data).slice(at: start, count: count * entry)
    let palette = (0..<min(count, 256)).map { index -> IndexedPixels.Color in
      (stored[index * entry + 2], stored[index * entry + 1], stored[index * entry])
    }
    return IndexedPixels.isGrayRamp(palette) ? IndexedPixels.grayRamp : palette
  }

  private static func indices(
    _ data: UnsafeRawBufferPointer, _ header: BMPHeader
  ) throws(ImageProblem) -> [UInt8] {
    let (height, width) = (header.height, header.width)
    let rows: [UInt8]
    switch header.compression {
    case .none, .bitFields:
      let (stored, stride) = try storedRows(data, header)
      rows = PackedValues(bits: header.bits, stride: stride).unpacked(stored, height: height, width: width)
    case .runs8, .runs4:
      let start = min(header.pixels, data.count)
      var runs = BMPRuns(
        UnsafeRawBufferPointer(rebasing: data[start...]), isNibbles: header.compression == .runs4)
      rows = try runs.decoded(height: height, width: width)
    }
    return header.isTopDown ? rows : flipped(rows, header, channels: 1)
  }

  /// Rows are padded to a multiple of four bytes; the last row's padding may be missing.
  private static func storedRows(
    _ data: UnsafeRawBufferPointer, _ header: BMPHeader
  ) throws(ImageProblem) -> (bytes: UnsafeRawBufferPointer, stride: Int) {
    let stride = (header.width * header.bits + 31) / 32 * 4
    let size = stride * (header.height - 1) + (header.width * header.bits + 7) / 8
    return (try LittleEndianBytes(data).slice(at: header.pixels, count: size), stride)
  }

  private static func colors(_ data: UnsafeRawBufferPointer, _ header: BMPHeader) throws(ImageProblem) -> DecodedPixels
  {
    let (stored, stride) = try storedRows(data, header)
    let masks = header.masks
    let layout: DecodedPixels.Layout = masks.alpha == 0 ? .rgb : .rgba
    let channels = [masks.red, masks.green, masks.blue, masks.alpha].prefix(layout.channels).map(Channel.init)
    let bytesInPixel = header.bits / 8
    let size = header.height * header.width * layout.channels
    let isPlain = masks == .bits32 && header.bits >= 24
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      for row in 0..<header.height {
        let start = (header.isTopDown ? row : header.height - 1 - row) * stride
        // Nearly all files: blue, green and red as bytes.
        if isPlain, var from = stored.baseAddress?.advanced(by: start), var to = buffer.baseAddress?.advanced(by: count)
        {
          for _ in 0..<header.width {
            to[0] = from.load(fromByteOffset: 2, as: UInt8.self)
            to[1] = from.load(fromByteOffset: 1, as: UInt8.self)
            to[2] = from.load(as: UInt8.self)
            from += bytesInPixel
            to += 3
          }
          count += header.width * 3
          continue
        }
        for column in 0..<header.width {
          var pixel: UInt32 = 0
          for byte in (0..<bytesInPixel).reversed() {
            pixel = pixel << 8 | UInt32(stored[start + column * bytesInPixel + byte])
          }
          for channel in channels {
            buffer[count] = channel.value(of: pixel)
            count += 1
          }
        }
      }
    }
    return DecodedPixels(height: header.height, width: header.width, layout: layout, bytes: bytes)
  }

  /// A channel's bits in a pixel, scaled to 0…255.
  private struct Channel {
    let mask: UInt32
    let shift: UInt32
    let largest: UInt64

    init(_ mask: UInt32) {
      self.mask = mask
      shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
      largest = UInt64(mask >> shift)
    }

    @inline(__always)
    func value(of pixel: UInt32) -> UInt8 {
      let value = UInt64((pixel & mask) >> shift)
      return largest == 255 || largest == 0
        ? UInt8(truncatingIfNeeded: value) : UInt8(truncatingIfNeeded: value * 255 / largest)
    }
  }

  private static func flipped(_ rows: [UInt8], _ header: BMPHeader, channels: Int) -> [UInt8] {
    let rowBytes = header.width * channels
    var flipped: [UInt8] = []
    flipped.reserveCapacity(rows.count)
    for row in (0..<header.height).reversed() {
      flipped += rows[(row * rowBytes)..<((row + 1) * rowBytes)]
    }
    return flipped
  }
}
