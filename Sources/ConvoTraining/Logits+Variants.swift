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
  /// change sides, and then made surer or less sure until the mean loss is the same again.
  ///
  /// Of those that were found the one with the accuracy farthest away; where none has the loss, the one that comes
  /// nearest. `nil` where no shift changes the accuracy.
  public func shifted() -> (variant: Variant, hasSameLoss: Bool)? {
    let own = variant()
    var best: (variant: Variant, hasSameLoss: Bool)?
    for shift in shiftsThatChangeSides() where measured(shift: shift).accuracy != own.accuracy {
      guard let found = tempered(shift, to: own.loss) else { continue }
      let hasSameLoss = abs(found.loss - own.loss) <= 1e-4 * own.loss
      guard found.accuracy != own.accuracy else { continue }
      guard let old = best else {
        best = (found, hasSameLoss)
        continue
      }
      let isBetter =
        hasSameLoss
        ? !old.hasSameLoss || abs(found.accuracy - own.accuracy) > abs(old.variant.accuracy - own.accuracy)
        : !old.hasSameLoss && abs(found.loss - own.loss) < abs(old.variant.loss - own.loss)
      if isBetter { best = (found, hasSameLoss) }
    }
    return best
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
