import CTurboJPEG

/// Decodes JPEG files through TurboJPEG's own interface, which returns codes: libjpeg's would `longjmp` over
/// Swift's frames.
///
/// As in Pillow, a file that ends too early is refused, while other damage that libjpeg recovers from (stray
/// bytes before a marker, as cameras and old editors leave them) is decoded.
enum JPEGDecoder {
  /// - Parameters:
  ///   - data: a file whose ``ImageHeader`` is within the limits.
  ///   - grid: the pixels that are wanted of it.
  static func decode(
    _ data: UnsafeRawBufferPointer, _ grid: PixelGrid
  ) throws(ImageProblem) -> DecodedPixels {
    let header = try JPEGHeader(data)
    if let planes = JPEGPlanes(data, header, grid) { return planes.pixels() }
    return try decode(data).pixels(grid)
  }

  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try JPEGHeader(data)
    guard header.bitDepth == 8 else {
      throw .unsupported("a JPEG with \(header.bitDepth) bits a channel; only 8 can be read")
    }
    let (layout, format) = try layout(of: header)
    let decompressor = try JPEGDecompressor()
    let (bytes, outcome) = decompressor.pixels(data, header, channels: layout.channels, format)
    switch outcome {
    case .clean:
      break
    case .warned:
      if !hasEnd(data) { throw .truncated }
    case .failed(let reason):
      throw hasEnd(data) ? .damaged(reason) : .truncated
    }
    return DecodedPixels(height: header.height, width: header.width, layout: layout, bytes: bytes)
  }

  static func layout(of header: JPEGHeader) throws(ImageProblem) -> (DecodedPixels.Layout, TJPF) {
    switch header.components {
    case 1: (.gray, TJPF_GRAY)
    case 3: (.rgb, TJPF_RGB)
    case 4: (.invertedCMYK, TJPF_CMYK)
    default: throw .unsupported("a JPEG with \(header.components) channels; only 1, 3 or 4 can be read")
    }
  }

  /// Whether the file has an end marker; libjpeg makes one up if not, after however little.
  private static func hasEnd(_ data: UnsafeRawBufferPointer) -> Bool {
    var markers = JPEGMarkers(data)
    while let marker = markers.next() {
      if marker.code == 0xD9 { return true }
    }
    return false
  }

}
