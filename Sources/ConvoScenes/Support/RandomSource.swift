/// SplitMix64 (Steele, Lea, Flood 2014): the one source of chance in this target.
///
/// The standard library's own draws may change between releases, so every draw is spelled out here: a picture must
/// come out the same, byte for byte, whenever its seed is the same.
struct RandomSource: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A source for one thing among many, so that drawing one never moves another.
  init(seed: UInt64, path: [UInt64]) {
    var mixed = RandomSource(seed: seed).mixed
    for step in path {
      mixed = RandomSource(seed: mixed ^ (step &* 0x9E37_79B9_7F4A_7C15)).mixed
    }
    state = mixed
  }

  private var mixed: UInt64 {
    var copy = self
    return copy.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1).
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform between the two numbers.
  mutating func real(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// Uniform within `spread` of `center`.
  mutating func around(_ center: Double, _ spread: Double) -> Double {
    real(center - spread, center + spread)
  }

  /// Uniform in 0 ..< count; 0 for an empty range.
  mutating func index(_ count: Int) -> Int {
    count > 0 ? Int(next() % UInt64(count)) : 0
  }

  mutating func integer(_ low: Int, _ high: Int) -> Int {
    low + index(max(0, high - low) + 1)
  }

  mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  mutating func sign() -> Double {
    chance(0.5) ? 1 : -1
  }

  /// About normal, mean 0 and deviation 1, never beyond 3.5 (a sum of uniforms).
  mutating func bell() -> Double {
    (unit() + unit() + unit() + unit() - 2) * 1.7320508
  }

  mutating func fork() -> RandomSource {
    RandomSource(seed: next())
  }
}

extension RandomSource {
  /// One of the entries; nil from an empty list.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[index(elements.count)]
  }

  /// One of the entries, the first being the fallback for none at all.
  mutating func pick<Element>(_ first: Element, _ others: Element...) -> Element {
    let choice = index(others.count + 1)
    return choice == 0 ? first : others[choice - 1]
  }
}
