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
  static let fractionBits: Int32 = 32 - 8 - 2

  /// First old position, and how many.
  let spans: [(first: Int, count: Int)]
  /// `taps` weights for each new position, zero after its span.
  let weights: [Int32]
  let taps: Int

  init(from old: Int, to new: Int, _ filter: ResamplingFilter) {
    let ratio = Double(old) / Double(new)
    let stretch = max(1, ratio)
    let support = filter.support * stretch
    let taps = Int(support.rounded(.up)) * 2 + 1
    self.taps = taps

    var spans: [(first: Int, count: Int)] = []
    spans.reserveCapacity(new)
    var weights = [Int32](repeating: 0, count: new * taps)
    var exact = [Double](repeating: 0, count: taps)
    for position in 0..<new {
      let center = (Double(position) + 0.5) * ratio
      let first = max(0, Int(center - support + 0.5))
      let count = min(old, Int(center + support + 0.5)) - first
      var sum = 0.0
      for tap in 0..<count {
        exact[tap] = filter.weight((Double(tap + first) - center + 0.5) * (1 / stretch))
        sum += exact[tap]
      }
      for tap in 0..<count {
        let normalised = (sum != 0 ? exact[tap] / sum : exact[tap]) * Double(1 << Self.fractionBits)
        weights[position * taps + tap] = Int32(normalised < 0 ? normalised - 0.5 : normalised + 0.5)
      }
      spans.append((first, count))
    }
    self.spans = spans
    self.weights = weights
  }
}
