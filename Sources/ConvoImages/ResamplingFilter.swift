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

  init(from old: Int, to new: Int, _ filter: ResamplingFilter) {
    let ratio = Double(old) / Double(new)
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
      let center = (Double(position) + 0.5) * ratio
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
