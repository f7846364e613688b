import CPixels

/// Decodes the PNG files that nearly all are: whole bytes a channel, not interlaced, no palette, nothing transparent.
/// It takes a third of libspng's time, which matters where files are read over and over.
///
/// Whatever is not plain, or not in order, is left to libspng, so that one decoder alone words what is wrong.
enum PlainPNG {
  /// - Parameters:
  ///   - data: a file whose ``ImageHeader`` is within the limits.
  ///   - header: its header.
  /// - Returns: the stored values, `[height, width, channels]`; nil for another kind of file, and for a damaged one.
  static func stored(_ data: UnsafeRawBufferPointer, _ header: PNGHeader) -> [UInt8]? {
    guard header.bitDepth == 8, !header.isInterlaced, header.colorType != .palette,
      let compressed = compressedRows(of: data)
    else { return nil }
    let pixelBytes = header.colorType.channels
    let rowBytes = header.width * pixelBytes
    return compressed.withBytes { compressed in
      PNGStream.inflated(compressed, size: header.height * (rowBytes + 1)).flatMap {
        unfiltered($0, height: header.height, rowBytes: rowBytes, pixelBytes: pixelBytes)
      }
    }
  }

  /// A zlib stream, in the file where it is in one piece.
  private enum Stream {
    case inFile(UnsafeRawBufferPointer)
    case joined([UInt8])

    func withBytes(_ body: (UnsafeRawBufferPointer) -> [UInt8]?) -> [UInt8]? {
      switch self {
      case .inFile(let bytes): body(bytes)
      case .joined(let bytes): bytes.withUnsafeBytes(body)
      }
    }
  }

  /// The contents of the IDAT chunks; nil unless every chunk of the file is whole, and none changes what pixels mean.
  private static func compressedRows(of data: UnsafeRawBufferPointer) -> Stream? {
    var parts: [UnsafeRawBufferPointer] = []
    var chunks = PNGChunks(data)
    var hasLeftPixels = false
    while let chunk = chunks.next() {
      guard chunk.isIntact else { return nil }
      switch chunk.name {
      case "IDAT":
        guard !hasLeftPixels else { return nil }
        parts.append(chunk.content)
      case "IEND":
        switch parts.count {
        case 0: return nil
        case 1: return .inFile(parts[0])
        default: return .joined(PNGStream.joined(parts))
        }
      case "tRNS":
        return nil
      default:
        // Unknown chunks with a small first letter can be passed over; others can't, but IHDR and a suggested palette.
        guard chunk.isAncillary || chunk.name == "IHDR" || chunk.name == "PLTE" else { return nil }
        hasLeftPixels = !parts.isEmpty
      }
    }
    return nil
  }

  private static func unfiltered(_ filtered: [UInt8], height: Int, rowBytes: Int, pixelBytes: Int) -> [UInt8]? {
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: height * rowBytes) { buffer, count in
      isDone = convo_png_unfilter(filtered, buffer.baseAddress, height, rowBytes, pixelBytes)
      count = isDone ? height * rowBytes : 0
    }
    return isDone ? bytes : nil
  }
}
