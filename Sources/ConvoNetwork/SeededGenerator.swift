/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and the same on every machine for ever, so that a seed names
/// a model's first weights.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The published algorithm's own beginning.
  init(state: UInt64) {
    self.state = state
  }

  /// A stream of its own for each list of keys.
  public init(_ keys: UInt64...) {
    state = keys.reduce(0) { Self.mix(($0 ^ $1) &+ Self.step) }
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// What `next` gives after so many other calls: any place of the stream at once.
  public func value(at index: Int) -> UInt64 {
    Self.mix(state &+ Self.step &* (UInt64(truncatingIfNeeded: index) &+ 1))
  }

  /// One of 2²⁴ evenly spaced numbers from 0 up to, but without, 1.
  public mutating func nextUnit() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// 2⁶⁴ divided by the golden ratio.
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
