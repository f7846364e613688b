/// Numbers in [-1, 1), the same ones that `record_layers.py` makes.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
  guard count > 0 else { return [] }
  return (1...UInt64(count)).map { index in
    var x = (index &* 2_654_435_761 &+ seed &* 97_586_521) & 0xFFFF_FFFF
    x ^= x >> 16
    x = x &* 2_246_822_519 & 0xFFFF_FFFF
    x ^= x >> 13
    return Float(x >> 8) / Float(1 << 23) - 1
  }
}
