import CTurboJPEG

/// A TurboJPEG decompressor, used by one thread.
final class JPEGDecompressor {
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

  /// All pixels, `[height, width, channels]`.
  func pixels(
    _ data: UnsafeRawBufferPointer, _ header: JPEGHeader, channels: Int, _ format: TJPF
  ) -> (bytes: [UInt8], outcome: Outcome) {
    let source = data.bindMemory(to: UInt8.self)
    guard hasSize(source, header) else { return ([], .failed(lastError)) }
    let bytesInRow = header.width * channels
    let size = bytesInRow * header.height
    var status: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      status = tjDecompress2(
        handle, source.baseAddress, UInt(source.count), buffer.baseAddress, Int32(header.width), Int32(bytesInRow),
        Int32(header.height), format.rawValue.signed, TJFLAG_LIMITSCANS)
      count = size
    }
    guard status != 0 else { return (bytes, .clean) }
    // Without all rows, what is in the others is whatever was in memory before.
    let isWarning = tjGetErrorCode(handle) == TJERR_WARNING.rawValue.signed
    return isWarning ? (bytes, .warned) : ([], .failed(lastError))
  }

  /// Whether TurboJPEG reads the size that the header has, for which there is memory.
  private func hasSize(_ source: UnsafeBufferPointer<UInt8>, _ header: JPEGHeader) -> Bool {
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(-1), Int32(-1))
    // Its verdict does not matter: it refuses unusual subsampling that its decoder reads.
    _ = tjDecompressHeader3(
      handle, source.baseAddress, UInt(source.count), &width, &height, &subsampling, &space)
    return Int(width) == header.width && Int(height) == header.height
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
