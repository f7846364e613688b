/// The frame header of a JPEG file (ITU-T T.81, B.2.2).
///
/// It is read here and not by TurboJPEG, whose header call refuses unusual subsampling that its decoder reads.
struct JPEGHeader {
  let width: Int
  let height: Int
  /// 1 gray, 3 colours, 4 CMYK or YCCK.
  let components: Int
  let bitDepth: Int
  let isProgressive: Bool

  /// - Parameter data: a file that begins with the JPEG signature; a prefix that reaches to the frame is enough.
  init(_ data: UnsafeRawBufferPointer) throws(ImageProblem) {
    var markers = JPEGMarkers(data)
    while true {
      guard let marker = markers.next() else { throw .truncated }
      switch marker.code {
      case 0xC4, 0xC8, 0xCC:  // tables that share the range of the frames' codes
        continue
      case 0xC0...0xCF:
        guard let frame = marker.payload, frame.count >= 6 else { throw .truncated }
        func number(at offset: Int) -> Int {
          Int(UInt16(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
        }
        bitDepth = Int(frame[0])
        height = number(at: 1)
        width = number(at: 3)
        components = Int(frame[5])
        isProgressive = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker.code)
        return
      case 0xD9, 0xDA:
        throw .damaged("no frame comes before the pixels")
      default:
        continue
      }
    }
  }

  var summary: ImageHeader {
    ImageHeader(
      format: .jpeg, width: width, height: height, channels: components, bitDepth: bitDepth,
      isInterlaced: isProgressive)
  }
}

/// The markers of a JPEG file in order, after its start; bytes between them (entropy-coded pixels) are skipped.
struct JPEGMarkers: IteratorProtocol {
  struct Marker {
    let code: UInt8
    /// What follows the length; nil if the file ends within it, and empty for a marker that stands alone.
    let payload: UnsafeRawBufferPointer?
  }

  private let data: UnsafeRawBufferPointer
  private var offset = 2

  init(_ data: UnsafeRawBufferPointer) {
    self.data = data
  }

  mutating func next() -> Marker? {
    while offset + 1 < data.count {
      guard data[offset] == 0xFF, data[offset + 1] != 0, data[offset + 1] != 0xFF else {
        offset += 1
        continue
      }
      let code = data[offset + 1]
      offset += 2
      switch code {
      case 0x01, 0xD0...0xD9:
        return Marker(code: code, payload: UnsafeRawBufferPointer(start: nil, count: 0))
      default:
        guard offset + 2 <= data.count else { return nil }
        let length = Int(data[offset]) << 8 | Int(data[offset + 1])
        let end = offset + max(2, length)
        defer { offset = end }
        guard end <= data.count else { return Marker(code: code, payload: nil) }
        return Marker(code: code, payload: UnsafeRawBufferPointer(rebasing: data[(offset + 2)..<end]))
      }
    }
    return nil
  }
}
