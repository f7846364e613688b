/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
///
/// Written out here, like the shuffle below, because the standard library does not promise that its own
/// `shuffled(using:)` stays the same, and an order is part of a result that must be reproducible for good.
struct SplitMix64 {
  /// The step from state to state: 2⁶⁴ over the golden ratio.
  static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A generator for some numbers. They are mixed in one after another: neighbouring numbers, or two exchanged, have
  /// nothing in common.
  init(mixing seed: UInt64, _ numbers: [Int]) {
    state = numbers.reduce(Self.mixed(seed &+ Self.gamma)) { mixture, number in
      Self.mixed(mixture ^ (UInt64(bitPattern: Int64(number)) &+ Self.gamma))
    }
  }

  mutating func next() -> UInt64 {
    state &+= Self.gamma
    return Self.mixed(state)
  }

  static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Every number below `bound` with the same probability: the high half of a 128-bit product, with the draws
  /// that would favour some numbers thrown away (Lemire, 2019).
  mutating func next(below bound: UInt64) -> UInt64 {
    let threshold = (0 &- bound) % bound
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      if low >= threshold { return high }
    }
  }
}

/// The order in which a pass visits the samples: a pure function of (seed, epoch, pass).
enum SampleOrder {
  static func shuffled(count: Int, seed: UInt64, epoch: Int, pass: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    var random = SplitMix64(mixing: seed, [epoch, pass])
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(random.next(below: UInt64(last + 1))))
    }
    return order
  }
}
