import CPixels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A reconstruction filter: its weight at a distance from the centre, in pixels, and how far it reaches.
struct ResamplingFilter: Sendable {
  let support: Double
  let weight: @Sendable (Double) -> Double

  static let triangle = ResamplingFilter(support: 1) { distance in max(0, 1 - abs(distance)) }

  /// Keys's cubic with a = -1/2.
  static let cubic = ResamplingFilter(support: 2) { distance in
    let (a, x) = (-0.5, abs(distance))
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }

  static let lanczos = ResamplingFilter(support: 3) { distance in
    -3 <= distance && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0
  }

  /// Open on the left, so that a pixel on the border of two is counted once.
  static let box = ResamplingFilter(support: 0.5) { distance in -0.5 < distance && distance <= 0.5 ? 1 : 0 }

  /// Pillow has the window's two numbers in single precision.
  static let hamming = ResamplingFilter(support: 1) { distance in
    guard abs(distance) < 1 else { return 0 }
    return sinc(distance) * (Double(Float(0.54)) + Double(Float(0.46)) * cos(abs(distance) * .pi))
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

extension Interpolation {
  /// The filter that is convolved with; nil for `nearest`, which takes one pixel.
  var filter: ResamplingFilter? {
    switch self {
    case .nearest: nil
    case .bilinear: .triangle
    case .bicubic: .cubic
    case .lanczos: .lanczos
    case .box: .box
    case .hamming: .hamming
    }
  }
}

/// For each new position, which old ones it is made of and by what weights.
///
/// A filter's support is stretched by the ratio when shrinking. Weights are in fixed point with
/// ``fractionBits`` bits, normalised to a sum of one before rounding, as Pillow's `precompute_coeffs` does.
struct ResamplingWeights {
  /// 32 bits less 8 of the pixel and 2 for sums beyond one.
  static let fractionBits = convo_weight_bits

  /// First old position of each new one.
  let first: [Int32]
  /// `taps` weights for each new position, zero behind its span.
  let weights: [Int32]
  /// A multiple of 16: so many are added up at once.
  let taps: Int

  /// - Parameters:
  ///   - part: the old positions that the new ones are spread over.
  ///   - old: how many old positions there are; filters reach over the part's ends, but not over these.
  ///   - new: how many new positions.
  init(_ part: Range<Int>, of old: Int, to new: Int, _ filter: ResamplingFilter) {
    let ratio = Double(part.count) / Double(new)
    let stretch = max(1, ratio)
    let support = filter.support * stretch
    let mostTaps = Int(support.rounded(.up)) * 2 + 1
    let taps = (mostTaps + 15) / 16 * 16
    self.taps = taps

    var first: [Int32] = []
    first.reserveCapacity(new)
    var weights = [Int32](repeating: 0, count: new * taps)
    var exact = [Double](repeating: 0, count: mostTaps)
    for position in 0..<new {
      let center = Double(part.lowerBound) + (Double(position) + 0.5) * ratio
      let start = max(0, Int(center - support + 0.5))
      let count = min(old, Int(center + support + 0.5)) - start
      var sum = 0.0
      for tap in 0..<count {
        exact[tap] = filter.weight((Double(tap + start) - center + 0.5) * (1 / stretch))
        sum += exact[tap]
      }
      for tap in 0..<count {
        let normalised = (sum != 0 ? exact[tap] / sum : exact[tap]) * Double(1 << Self.fractionBits)
        weights[position * taps + tap] = Int32(normalised < 0 ? normalised - 0.5 : normalised + 0.5)
      }
      first.append(Int32(start))
    }
    self.first = first
    self.weights = weights
  }

  /// As the kernels take it.
  func withTable(_ body: (UnsafePointer<convo_resampling>) -> Void) {
    first.withUnsafeBufferPointer { first in
      weights.withUnsafeBufferPointer { weights in
        var table = convo_resampling(
          positions: first.count, taps: taps, first: first.baseAddress, weights: weights.baseAddress)
        body(&table)
      }
    }
  }
}
