#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where numbers stand on an axis, and which of them are written beside it: steps of 1, 2 or 5 times a power of ten.
public struct ChartScale: Sendable, Hashable {
  public let lower: Double
  public let upper: Double
  /// From the lowest to the highest, within the bounds.
  public let ticks: [Double]
  private let step: Double

  /// A scale for an axis; `nil` without a finite value.
  ///
  /// - Parameters:
  ///   - ticks: About how many numbers there is room for, at least 2.
  ///   - isTight: Whether the scale ends at the outermost values, rather than at the ticks around them.
  public init?(_ axis: ChartAxis, values: [Double], ticks wanted: Int, isTight: Bool) {
    var values = values.filter(\.isFinite)
    if let range = axis.range { values += [range.lowerBound, range.upperBound].filter(\.isFinite) }
    guard var low = values.min(), var high = values.max() else { return nil }
    // Halves, since the whole span of what a Double can be is more than a Double can be.
    let halfSpan = high / 2 - low / 2
    let only = halfSpan <= max(abs(low), abs(high)) * 1e-12 ? low : nil
    if only != nil {
      // One value only: it stands in the middle.
      let margin = axis.isWhole ? 1 : max(abs(low) * 0.1, 1e-3)
      (low, high) = (max(low - margin, -.greatestFiniteMagnitude), min(high + margin, .greatestFiniteMagnitude))
    }
    let step = Self.step(for: high / Double(max(2, wanted)) - low / Double(max(2, wanted)), isWhole: axis.isWhole)
    let first = isTight ? (low / step).rounded(.up) : (low / step).rounded(.down)
    let last = isTight ? (high / step).rounded(.down) : (high / step).rounded(.up)
    // Where the values are much larger than the steps, rounding may leave nothing to count.
    let count = max(0, min(last - first, Double(4 * max(2, wanted))))
    let ticks = (0...Int(count)).map { (first + Double($0)) * step }.filter(\.isFinite)
    let isEmpty = !(last >= first) || ticks.isEmpty
    // Numbers beside a tight scale are those of points: there is nothing left and right of a single epoch.
    self.ticks = isTight ? only.map { [$0] } ?? (isEmpty ? [low, high] : ticks) : isEmpty ? [low, high] : ticks
    self.step = step
    (lower, upper) = isTight || isEmpty ? (low, high) : (min(low, ticks[0]), max(high, ticks[ticks.count - 1]))
  }

  /// The smallest step of 1, 2 or 5 times a power of ten that is no smaller than this.
  private static func step(for least: Double, isWhole: Bool) -> Double {
    guard least.isFinite, least > 0 else { return 1 }
    let power = pow(10, log10(least).rounded(.down))
    guard power.isFinite, power > 0 else { return least }
    let step = [1, 2, 5].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? 10 * power
    return isWhole ? max(1, step.rounded(.up)) : step
  }

  /// How far along the axis a number is, from 0 to 1.
  public func place(of value: Double) -> Double {
    let place = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    return place.isFinite ? min(1, max(0, place)) : 0.5
  }

  /// A tick as it is written: with as many decimals as the steps need.
  public func label(_ tick: Double) -> String {
    let size = max(abs(lower), abs(upper))
    guard step >= 1e-5, size < 1e7, size / step < 1e7 else { return NumberText.short(tick) }
    var decimals = 0
    while decimals < 6, abs((step * pow(10, Double(decimals))).rounded() - step * pow(10, Double(decimals))) > 1e-6 {
      decimals += 1
    }
    // Without the minus of a zero.
    return NumberText.fixed(abs(tick) < step / 2 ? 0 : tick, decimals)
  }
}
