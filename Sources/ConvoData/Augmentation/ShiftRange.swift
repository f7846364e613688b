/// How far pictures are moved, in the three forms that Keras's `width_shift_range` and `height_shift_range` take.
public enum ShiftRange: Sendable, Hashable {
  /// A number with a fraction: any distance up to it either way, as a share of the side below 1, in pixels from 1 on.
  case upTo(Double)
  /// A whole number: whole pixels below it either way, so that 3 draws from -2, -1, 0, 1, 2 and 1 never moves.
  case wholePixels(Int)
  /// A list: one of these either way; shares of the side if all are below 1, else pixels.
  case oneOf([Double])

  /// No shift.
  public static let none = ShiftRange.wholePixels(0)

  /// Whether pictures are moved at all.
  var isActive: Bool {
    switch self {
    case .upTo(let most): most != 0
    case .wholePixels(let most): most > 1
    case .oneOf(let distances): distances.contains { $0 != 0 }
    }
  }

  /// A distance in pixels.
  ///
  /// - Parameter side: the pixels of the side that shares are of.
  func draw(side: Int, from random: inout SplitMix64) -> Double {
    switch self {
    case .upTo(let most):
      return random.next(from: -most, to: most) * (most < 1 ? Double(side) : 1)
    case .wholePixels(let most):
      guard most > 0 else { return 0 }
      let distance = Double(random.next(below: UInt64(most)))
      return random.nextIsTrue() ? distance : -distance
    case .oneOf(let distances):
      guard let largest = distances.max() else { return 0 }
      let distance = distances[Int(random.next(below: UInt64(distances.count)))]
      return (random.nextIsTrue() ? distance : -distance) * (largest < 1 ? Double(side) : 1)
    }
  }
}
