#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

extension Logits {
  /// The logits after (logits + shift) · factor, and what they come to.
  public struct Variant: Sendable, Hashable {
    public var shift = 0.0
    public var factor = 1.0
    /// How many answers were pushed just over the line to the other side before, each by itself.
    public var pushed = 0
    public var loss: Double
    public var accuracy: Double
  }

  /// As `measured`, with the change that it is of.
  public func variant(shift: Double = 0, factor: Double = 1) -> Variant {
    let (loss, accuracy) = measured(shift: shift, factor: factor)
    return Variant(shift: shift, factor: factor, loss: loss, accuracy: accuracy)
  }

  /// Surer answers, or less sure ones where these change nothing: the same decisions, and so the same accuracy, with a
  /// clearly different loss. `nil` where there are none, as where all logits are 0.
  public func bolder() -> Variant? {
    let own = variant()
    return [3, 10, 1.0 / 3, 0.1].lazy.map { variant(factor: $0) }.first {
      $0.accuracy == own.accuracy && $0.loss.isFinite && abs($0.loss - own.loss) > 0.1 * own.loss
    }
  }

  /// Answers with another accuracy and the loss of the logits as they are: all are moved towards one class until some
  /// change sides, and then made surer or less sure until the mean loss is the same again. Where no such move comes to the
  /// loss, those answers that are nearest to the line are pushed over it instead.
  ///
  /// Of those that were found the one with the accuracy farthest away; where none has the loss, the one that comes
  /// nearest. `nil` where nothing changes the accuracy.
  public func shifted() -> (variant: Variant, hasSameLoss: Bool)? {
    let own = variant()
    func hasSameLoss(_ variant: Variant) -> Bool { abs(variant.loss - own.loss) <= 1e-4 * own.loss }
    let shifts = shiftsThatChangeSides().filter { measured(shift: $0).accuracy != own.accuracy }
    var found = shifts.compactMap { tempered($0, to: own.loss) }
    if !found.contains(where: hasSameLoss) { found += pushed(to: own.loss) }
    found.removeAll { $0.accuracy == own.accuracy || !$0.loss.isFinite }
    let farthest = found.filter(hasSameLoss).max {
      abs($0.accuracy - own.accuracy) < abs($1.accuracy - own.accuracy)
    }
    if let farthest { return (farthest, true) }
    return found.min { abs($0.loss - own.loss) < abs($1.loss - own.loss) }.map { ($0, false) }
  }

  /// The answers with some of them pushed just over the line, and the loss brought back: up to half of the wrong ones,
  /// those that are the least wrong; or, where all are right, the least sure one.
  private func pushed(to loss: Double) -> [Variant] {
    let leads = (0..<count).map(lead)
    let wrong = (0..<count).filter { leads[$0] <= 0 }.sorted { leads[$0] > leads[$1] }
    let isFlawless = wrong.isEmpty
    let candidates = isFlawless ? (0..<count).sorted { leads[$0] < leads[$1] } : wrong
    let counts = isFlawless ? [1] : [max(1, wrong.count / 2), 1]
    return counts.compactMap { number in
      var values = values
      for image in candidates.prefix(number) {
        let margin: Float = isFlawless ? -0.01 : 0.01
        if width == 1 {
          values[image] = truths[image] == 1 ? margin : -margin
        } else {
          let row = image * width
          let rival = (0..<width).filter { $0 != truths[image] }.map { values[row + $0] }.max() ?? 0
          values[row + truths[image]] = rival + margin
        }
      }
      var variant = Logits(width: width, values: values, truths: truths, samples: samples, loss: self.loss)
        .tempered(0, to: loss)
      variant?.pushed = min(number, candidates.count)
      return variant
    }
  }

  /// How far the logit of the truth is above its best rival: above 0 where the answer is right.
  private func lead(_ image: Int) -> Double {
    if width == 1 { return Double(values[image]) * (truths[image] == 1 ? 1 : -1) }
    let row = image * width
    guard truths[image] < width else { return -.infinity }
    let rival = (0..<width).filter { $0 != truths[image] }.map { values[row + $0] }.max() ?? 0
    return Double(values[row + truths[image]]) - Double(rival)
  }

  /// Shifts between the places at which pictures change sides, on both sides of 0: the nearest ones, then ever farther.
  private func shiftsThatChangeSides() -> [Double] {
    var shifts: [Double] = []
    for sign in [1.0, -1.0] {
      let places = (0..<count).map { -sign * margin($0) }.filter { $0.isFinite && $0 >= 0 }.sorted()
      var step = 1
      var index = 0
      while index < places.count {
        let gap = index + 1 < places.count ? places[index + 1] - places[index] : max(0.1, places[index] * 0.1)
        if gap > 0 { shifts += [0.5, 0.02].map { sign * (places[index] + $0 * gap) } }
        index += step
        if shifts.count > 12 { step = max(step + 1, step * 3 / 2) }
      }
    }
    return shifts
  }

  /// The factor that gives shifted logits a loss, or the one that comes nearest to it. The loss is convex in the factor.
  private func tempered(_ shift: Double, to loss: Double) -> Variant? {
    func at(_ exponent: Double) -> Double { measured(shift: shift, factor: exp(exponent)).loss }
    let range = (low: -7.0, high: 7.0)
    // The least loss, by thirds.
    var (low, high) = range
    for _ in 0..<50 {
      let third = (high - low) / 3
      if at(low + third) <= at(high - third) { high -= third } else { low += third }
    }
    let lowest = (low + high) / 2
    guard at(lowest) < loss else { return variant(shift: shift, factor: exp(lowest)) }
    let found = [range.low, range.high].compactMap { end -> Double? in
      guard at(end) >= loss else { return nil }
      var (below, above) = (lowest, end)
      for _ in 0..<50 {
        let middle = (below + above) / 2
        if at(middle) < loss { below = middle } else { above = middle }
      }
      return (below + above) / 2
    }
    return found.min { abs($0) < abs($1) }.map { variant(shift: shift, factor: exp($0)) }
  }
}
