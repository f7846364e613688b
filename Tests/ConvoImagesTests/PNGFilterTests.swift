import CPixels
import Testing

@testable import ConvoImages

@Suite("Filters of PNG rows")
struct PNGFilterTests {
  @Test("Undone as the standard says, for every filter, number of channels and width", arguments: 1...4)
  func agreesWithTheStandard(channels: Int) {
    var random = SystemRandomNumberGenerator()
    for width in [1, 2, 3, 5, 16, 33] {
      for _ in 0..<20 {
        let (height, rowBytes) = (Int.random(in: 1...9, using: &random), width * channels)
        var filtered: [UInt8] = []
        for _ in 0..<height {
          filtered.append(.random(in: 0...4, using: &random))
          // Half of the rows have equal neighbours often, where Paeth has to choose among equals.
          let values: ClosedRange<UInt8> = Bool.random(using: &random) ? 0...255 : 254...255
          filtered += (0..<rowBytes).map { _ in .random(in: values, using: &random) }
        }
        #expect(undone(filtered, height, rowBytes, channels) == byTheStandard(filtered, rowBytes, channels))
      }
    }
  }

  @Test("A filter that does not exist is refused")
  func unknownFilter() {
    #expect(undone([0, 1, 5, 2], 2, 1, 1) == nil)
  }

  @Test("The two decoders agree on every PNG that both read")
  func bothDecoders() throws {
    var plain = 0
    for path in try Recorded.files(in: "pictures") where path.hasSuffix(".png") {
      let bytes = try Recorded.bytes(of: path)
      try bytes.withRawBytes { data throws(ImageProblem) in
        let header = try PNGHeader(data)
        guard let stored = PlainPNG.stored(data, header) else { return }
        plain += 1
        let expected = try PNGDecoder.decodeAny(data, header)
        #expect(stored == expected.bytes, "\(path)")
      }
    }
    #expect(plain >= 4)
  }

  private func undone(_ filtered: [UInt8], _ height: Int, _ rowBytes: Int, _ channels: Int) -> [UInt8]? {
    var pixels = [UInt8](repeating: 0, count: height * rowBytes)
    return convo_png_unfilter(filtered, &pixels, height, rowBytes, channels) ? pixels : nil
  }

  /// ISO/IEC 15948, 9.2 to 9.4, byte by byte.
  private func byTheStandard(_ filtered: [UInt8], _ rowBytes: Int, _ channels: Int) -> [UInt8] {
    var above = [Int](repeating: 0, count: rowBytes)
    var pixels: [UInt8] = []
    for start in stride(from: 0, to: filtered.count, by: rowBytes + 1) {
      var row: [Int] = []
      for column in 0..<rowBytes {
        let a = column < channels ? 0 : row[column - channels]
        let (b, c) = (above[column], column < channels ? 0 : above[column - channels])
        let estimate = a + b - c
        let (toA, toB, toC) = (abs(estimate - a), abs(estimate - b), abs(estimate - c))
        let paeth = toA <= toB && toA <= toC ? a : toB <= toC ? b : c
        let predicted = [0, a, b, (a + b) / 2, paeth][Int(filtered[start])]
        row.append((Int(filtered[start + 1 + column]) + predicted) & 255)
      }
      pixels += row.map(UInt8.init)
      above = row
    }
    return pixels
  }
}
