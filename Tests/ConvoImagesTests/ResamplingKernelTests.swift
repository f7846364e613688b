import CPixels
import Testing

@testable import ConvoImages

/// The sums in vectors against sums one by one. Integers are exact: nothing may differ.
@Suite("Kernels of resampling")
struct ResamplingKernelTests {
  /// Wide enough for what is summed together, and for what is left over then.
  private static let sizes = [(1, 1, 1), (7, 5, 3), (3, 40, 17), (40, 67, 130), (21, 300, 64), (5, 33, 200)]

  @Test("New columns", arguments: 0..<Int32(convo_resample_sets()))
  func columns(set: Int32) {
    for (height, width, newWidth) in Self.sizes {
      for channels in [1, 3, 4] {
        let (pixels, table) = (
          randomBytes(height * width * channels), ResamplingWeights(0..<width, of: width, to: newWidth, .wide)
        )
        var resampled = [UInt8](repeating: 0, count: height * newWidth * channels)
        var row = [UInt8](repeating: 255, count: (width + table.taps) * channels + 16)
        table.withTable { convo_resample_width(pixels, &resampled, height, width, channels, $0, &row, set) }
        var expected: [UInt8] = []
        for y in 0..<height {
          for x in 0..<newWidth {
            for channel in 0..<channels {
              expected.append(sum(table, x, count: width) { pixels[(y * width + $0) * channels + channel] })
            }
          }
        }
        #expect(resampled == expected, "\(height)x\(width)x\(channels) to \(newWidth) columns")
      }
    }
  }

  @Test("New rows", arguments: 0..<Int32(convo_resample_sets()))
  func rows(set: Int32) {
    for (newHeight, height, rowBytes) in Self.sizes {
      let (pixels, table) = (
        randomBytes(height * rowBytes), ResamplingWeights(0..<height, of: height, to: newHeight, .wide)
      )
      var resampled = [UInt8](repeating: 0, count: newHeight * rowBytes)
      table.withTable { convo_resample_height(pixels, &resampled, height, rowBytes, $0, set) }
      var expected: [UInt8] = []
      for y in 0..<newHeight {
        for column in 0..<rowBytes {
          expected.append(sum(table, y, count: height) { pixels[$0 * rowBytes + column] })
        }
      }
      #expect(resampled == expected, "\(height) rows of \(rowBytes) to \(newHeight)")
    }
  }

  private func randomBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in .random(in: 0...255) }
  }

  private func sum(_ table: ResamplingWeights, _ position: Int, count: Int, _ pixel: (Int) -> UInt8) -> UInt8 {
    var sum = 1 << (ResamplingWeights.fractionBits - 1)
    for tap in 0..<table.taps {
      let from = Int(table.first[position]) + tap
      if from < count { sum += Int(pixel(from)) * Int(table.weights[position * table.taps + tap]) }
    }
    return UInt8(max(0, min(255, sum >> ResamplingWeights.fractionBits)))
  }
}

extension ResamplingFilter {
  /// With negative weights, so that sums leave 0…255 on both sides, but not 32 bits.
  fileprivate static let wide = ResamplingFilter(support: 2) { abs($0) < 1 ? 1 : -0.06 }
}
