import CTurboJPEG

/// Decodes JPEG files through TurboJPEG's own interface, which returns codes: libjpeg's would `longjmp` over
/// Swift's frames.
///
/// As in Pillow, a file that ends too early is refused, while other damage that libjpeg recovers from (stray
/// bytes before a marker, as cameras and old editors leave them) is decoded.
enum JPEGDecoder {
  /// - Parameter data: a file whose ``ImageHeader`` is within the limits.
  static func decode(_ data: UnsafeRawBufferPointer) throws(ImageProblem) -> DecodedPixels {
    let header = try JPEGHeader(data)
    guard header.bitDepth == 8 else {
      throw .unsupported("a JPEG with \(header.bitDepth) bits a channel; only 8 can be read")
    }
    let frame: Frame
    switch header.components {
    case 1: frame = Frame(header: header, layout: .gray, format: TJPF_GRAY)
    case 3: frame = Frame(header: header, layout: .rgb, format: TJPF_RGB)
    case 4: frame = Frame(header: header, layout: .invertedCMYK, format: TJPF_CMYK)
    default: throw .unsupported("a JPEG with \(header.components) channels; only 1, 3 or 4 can be read")
    }

    let (bytes, outcome) = try Decompressor().decode(data, frame)
    switch outcome {
    case .clean:
      break
    case .warned:
      if !hasEnd(data) { throw .truncated }
    case .failed(let reason):
      throw hasEnd(data) ? .damaged(reason) : .truncated
    }
    return DecodedPixels(height: header.height, width: header.width, layout: frame.layout, bytes: bytes)
  }

  /// Whether the file has an end marker; libjpeg makes one up if not, after however little.
  private static func hasEnd(_ data: UnsafeRawBufferPointer) -> Bool {
    var markers = JPEGMarkers(data)
    while let marker = markers.next() {
      if marker.code == 0xD9 { return true }
    }
    return false
  }

  fileprivate struct Frame {
    let header: JPEGHeader
    let layout: DecodedPixels.Layout
    let format: TJPF
  }
}

/// A TurboJPEG decompressor, used by one thread.
private final class Decompressor {
  enum Outcome {
    case clean
    /// All rows are there, but libjpeg had to make something up.
    case warned
    case failed(String)
  }

  private let handle: tjhandle

  init() throws(ImageProblem) {
    guard let handle = tjInitDecompress() else { throw .damaged("no memory for the JPEG decoder") }
    self.handle = handle
  }

  deinit {
    tjDestroy(handle)
  }

  func decode(_ data: UnsafeRawBufferPointer, _ frame: JPEGDecoder.Frame) -> (bytes: [UInt8], outcome: Outcome) {
    let header = frame.header
    let source = data.bindMemory(to: UInt8.self)
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
    // Its verdict on the subsampling does not matter, its size does: the buffer is made for the header's.
    _ = tjDecompressHeader3(
      handle, source.baseAddress, UInt(source.count), &width, &height, &subsampling, &space)
    guard Int(width) == header.width && Int(height) == header.height else {
      return ([], .failed(lastError))
    }

    let bytesInRow = header.width * frame.layout.channels
    let size = bytesInRow * header.height
    var status: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      status = tjDecompress2(
        handle, source.baseAddress, UInt(source.count), buffer.baseAddress, width, Int32(bytesInRow), height,
        frame.format.rawValue.signed, TJFLAG_LIMITSCANS)
      count = size
    }
    guard status != 0 else { return (bytes, .clean) }
    // Without all rows, what is in the others is whatever was in memory before.
    let isWarning = tjGetErrorCode(handle) == TJERR_WARNING.rawValue.signed
    return isWarning ? (bytes, .warned) : ([], .failed(lastError))
  }

  private var lastError: String {
    guard let message = tjGetErrorStr2(handle) else { return "the JPEG decoder gave no reason" }
    return String(cString: message)
  }
}

extension FixedWidthInteger {
  /// C enums are unsigned on one platform and signed on another; TurboJPEG's calls take `int`.
  fileprivate var signed: Int32 { Int32(truncatingIfNeeded: self) }
}
