/// What the stored values of a TIFF mean, as Pillow understands them:
///
/// - 1, 2 and 4 bits are scaled to 0…255;
/// - gray of more than 8 bits, signed and floating-point gray are *clamped* to 0…255 (Pillow keeps them wide, and
///   its conversion clips; where 0 is white, 16 bits are not inverted);
/// - other channels of 16 bits keep their high byte;
/// - premultiplied colours are divided by their alpha.
struct TIFFPixels {
  private let header: TIFFHeader
  private let meaning: TIFFHeader.Meaning

  /// - Throws: ``ImageProblem/unsupported(_:)`` for what Pillow, too, has no mode for.
  init(_ header: TIFFHeader) throws(ImageProblem) {
    self.header = header
    meaning = try header.meaning
    let isSupported: Bool
    switch meaning {
    case .gray, .invertedGray:
      let isWide = header.number == .float ? header.bits == 32 : [12, 16, 32].contains(header.bits)
      isSupported =
        header.number != .float && (header.bits == 8 || header.samples == 1 && [1, 2, 4].contains(header.bits))
        || header.samples == 1 && isWide
    case .palette:
      isSupported = header.samples == 1 ? [1, 2, 4, 8].contains(header.bits) : header.bits == 8
    case .rgb, .yCbCr:
      isSupported = header.samples >= 3 && [8, 16].contains(header.bits) && header.number == .unsigned
    case .cmyk:
      isSupported = header.samples >= 4 && [8, 16].contains(header.bits) && header.number == .unsigned
    }
    guard isSupported else {
      throw .unsupported("a TIFF with \(header.samples) channels of \(header.bits) bits of its kind")
    }
  }

  func decoded(_ planes: [[UInt8]], _ palette: [IndexedPixels.Color]) throws(ImageProblem) -> DecodedPixels {
    let samples = interleaved(planes.map(bytes))
    switch meaning {
    case .gray, .invertedGray:
      let isInverted = meaning == .invertedGray && header.bits <= 8
      return header.alpha == .none || header.samples == 1
        ? picked([0], from: samples, .gray, invert: isInverted)
        : unpremultiplied(picked([0, 1], from: samples, .grayAlpha))
    case .palette:
      let pixels = IndexedPixels(
        height: header.storedHeight, width: header.storedWidth,
        indices: picked([0], from: samples, .gray).bytes, palette: palette
      ).decoded()
      guard header.samples > 1, header.alpha != .none else { return pixels }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(pixels.bytes.count / 3 * 4)
      for pixel in 0..<(pixels.bytes.count / 3) {
        bytes += pixels.bytes[(pixel * 3)..<(pixel * 3 + 3)]
        bytes.append(samples[pixel * header.samples + 1])
      }
      return DecodedPixels(height: pixels.height, width: pixels.width, layout: .rgba, bytes: bytes)
    case .rgb, .yCbCr:
      return header.alpha == .none || header.samples == 3
        ? picked([0, 1, 2], from: samples, .rgb)
        : unpremultiplied(picked([0, 1, 2, 3], from: samples, .rgba))
    case .cmyk:
      return picked([0, 1, 2, 3], from: samples, .invertedCMYK, invert: true)
    }
  }

  private func picked(
    _ channels: [Int], from samples: [UInt8], _ layout: DecodedPixels.Layout, invert: Bool = false
  ) -> DecodedPixels {
    let (pixels, stride) = (header.storedHeight * header.storedWidth, header.samples)
    let flip: UInt8 = invert ? 0xFF : 0
    let isAsStored = channels.count == stride && !invert
    let bytes =
      isAsStored
      ? samples
      : [UInt8](unsafeUninitializedCapacity: pixels * channels.count) { buffer, count in
        for pixel in 0..<pixels {
          for channel in channels {
            buffer[count] = samples[pixel * stride + channel] ^ flip
            count += 1
          }
        }
      }
    return DecodedPixels(height: header.storedHeight, width: header.storedWidth, layout: layout, bytes: bytes)
  }

  private func unpremultiplied(_ pixels: DecodedPixels) -> DecodedPixels {
    guard header.alpha == .premultiplied else { return pixels }
    let channels = pixels.layout.channels
    var bytes = pixels.bytes
    for pixel in stride(from: 0, to: bytes.count, by: channels) {
      let alpha = Int(bytes[pixel + channels - 1])
      for channel in pixel..<(pixel + channels - 1) {
        bytes[channel] = alpha == 0 ? 0 : UInt8(min(255, 255 * Int(bytes[channel]) / alpha))
      }
    }
    return DecodedPixels(height: pixels.height, width: pixels.width, layout: pixels.layout, bytes: bytes)
  }

  private func interleaved(_ planes: [[UInt8]]) -> [UInt8] {
    guard planes.count > 1 else { return planes.first ?? [] }
    let pixels = header.storedHeight * header.storedWidth
    return [UInt8](unsafeUninitializedCapacity: pixels * planes.count) { buffer, count in
      for pixel in 0..<pixels {
        for plane in planes {
          buffer[count] = plane[pixel]
          count += 1
        }
      }
    }
  }

  /// A plane's values, one byte each.
  private func bytes(_ stored: [UInt8]) -> [UInt8] {
    let isGray = meaning == .gray || meaning == .invertedGray
    switch header.bits {
    case 1, 2, 4:
      let rows = PackedValues(bits: header.bits, stride: (header.storedWidth * header.bits + 7) / 8)
      let values = stored.withUnsafeBytes {
        rows.unpacked($0, height: header.storedHeight, width: header.storedWidth)
      }
      let scale = meaning == .palette ? 1 : UInt8(255 / ((1 << header.bits) - 1))
      return scale == 1 ? values : values.map { $0 * scale }
    case 12:
      return twelveBits(stored)
    case 16 where isGray:
      return values(stored, UInt16.self) { header.number == .signed ? Int(Int16(bitPattern: $0)) : Int($0) }
    case 16:
      return values(stored, UInt16.self) { Int($0 >> 8) }
    case 32 where header.number == .float:
      return values(stored, UInt32.self) { bits in
        let value = Float(bitPattern: bits)
        return value >= 255 ? 255 : value > 0 ? Int(value) : 0
      }
    case 32:
      return values(stored, UInt32.self) { Int(Int32(bitPattern: $0)) }
    default:
      return stored
    }
  }

  private func values<Stored: FixedWidthInteger & BitwiseCopyable>(
    _ stored: [UInt8], _: Stored.Type, _ value: (Stored) -> Int
  ) -> [UInt8] {
    stored.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: MemoryLayout<Stored>.size).map { offset in
        UInt8(clamping: value(bytes.loadUnaligned(fromByteOffset: offset, as: Stored.self)))
      }
    }
  }

  /// Two values in three bytes.
  private func twelveBits(_ stored: [UInt8]) -> [UInt8] {
    let rowBytes = (header.storedWidth * 12 + 7) / 8
    return (0..<(header.storedHeight * header.storedWidth)).map { pixel in
      let (row, column) = (pixel / header.storedWidth, pixel % header.storedWidth)
      let start = row * rowBytes + column * 12 / 8
      let pair = Int(stored[start]) << 8 | Int(stored[start + 1])
      return UInt8(clamping: column % 2 == 0 ? pair >> 4 : pair & 0xFFF)
    }
  }
}
