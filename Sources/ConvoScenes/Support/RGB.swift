/// A colour as a painter names it: gamma-encoded red, green, blue, each 0...1.
struct RGB: Sendable, Hashable {
  var r: Double
  var g: Double
  var b: Double

  init(_ r: Double, _ g: Double, _ b: Double) {
    self.r = r
    self.g = g
    self.b = b
  }

  /// 0xRRGGBB.
  init(_ hex: UInt32) {
    self.init(Double((hex >> 16) & 255) / 255, Double((hex >> 8) & 255) / 255, Double(hex & 255) / 255)
  }

  func mixed(with other: RGB, _ share: Double) -> RGB {
    RGB(r + (other.r - r) * share, g + (other.g - g) * share, b + (other.b - b) * share)
  }

  /// Darker below 1, lighter (towards white) above it.
  func lit(_ factor: Double) -> RGB {
    factor <= 1
      ? RGB(r * factor, g * factor, b * factor)
      : mixed(with: RGB(1, 1, 1), min(1, factor - 1))
  }

  var luminance: Double { 0.3 * r + 0.59 * g + 0.11 * b }

  /// The same brightness with `amount` of the colour left: 0 is grey, 1 unchanged.
  func saturated(_ amount: Double) -> RGB {
    RGB(luminance, luminance, luminance).mixed(with: self, amount)
  }

  /// A near neighbour: every channel and the brightness move a little.
  func varied(_ random: inout RandomSource, _ spread: Double = 0.06) -> RGB {
    let shared = random.around(0, spread)
    return RGB(
      clamped(r + shared + random.around(0, spread * 0.5)),
      clamped(g + shared + random.around(0, spread * 0.5)),
      clamped(b + shared + random.around(0, spread * 0.5)))
  }
}

func clamped(_ value: Double, _ low: Double = 0, _ high: Double = 1) -> Double {
  value < low ? low : (value > high ? high : value)
}
