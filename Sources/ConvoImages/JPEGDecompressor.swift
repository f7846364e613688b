import CTurboJPEG

/// A TurboJPEG decompressor, used by one thread.
final class JPEGDecompressor {
  enum Outcome {
    case clean
    /// All rows are there, but libjpeg had to make something up.
    case warned
    case failed(String)
  }

  private struct Frame {
    let subsampling: TJSAMP
    let space: TJCS
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
    guard frame(source, header) != nil else { return ([], .failed(lastError)) }
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

  /// The channels as they are stored, before the colours are worked out: half of the work at most.
  ///
  /// - Returns: nil for other kinds than those of ``JPEGPlanes``, and for a file that is not in order.
  func planes(_ data: UnsafeRawBufferPointer, _ header: JPEGHeader) -> JPEGPlanes? {
    let source = data.bindMemory(to: UInt8.self)
    guard let frame = frame(source, header), let sampling = JPEGPlanes.Sampling(frame.subsampling),
      frame.space == TJCS_YCbCr
    else { return nil }
    let (luma, chroma) = sampling.planeSizes(height: header.height, width: header.width)
    // libjpeg-turbo does not mix colours where there are so few of them.
    guard chroma.width > 2 else { return nil }
    let (lumaSize, chromaSize) = (luma.height * luma.width, chroma.height * chroma.width)
    var status: Int32 = -1
    let bytes = [UInt8](unsafeUninitializedCapacity: lumaSize + 2 * chromaSize) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      var planes: [UnsafeMutablePointer<UInt8>?] = [start, start + lumaSize, start + lumaSize + chromaSize]
      status = tjDecompressToYUVPlanes(
        handle, source.baseAddress, UInt(source.count), &planes, 0, nil, 0, TJFLAG_LIMITSCANS)
      count = buffer.count
    }
    guard status == 0 else { return nil }
    return JPEGPlanes(height: header.height, width: header.width, sampling: sampling, bytes: bytes)
  }

  /// How the channels are stored; nil if TurboJPEG reads another size than the header has, for which there is memory.
  private func frame(_ source: UnsafeBufferPointer<UInt8>, _ header: JPEGHeader) -> Frame? {
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(-1), Int32(-1))
    // Its verdict does not matter: it refuses unusual subsampling that its decoder reads.
    _ = tjDecompressHeader3(
      handle, source.baseAddress, UInt(source.count), &width, &height, &subsampling, &space)
    guard Int(width) == header.width && Int(height) == header.height else { return nil }
    return Frame(
      subsampling: TJSAMP(.init(truncatingIfNeeded: subsampling)), space: TJCS(.init(truncatingIfNeeded: space)))
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
