#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Scenery {
  /// A tree with a round crown of leaf clusters, its foot at (x, y).
  mutating func broadleaf(_ x: Double, _ y: Double, _ size: Double, _ leaf: RGB, trunk: RGB = RGB(0.32, 0.25, 0.18)) {
    let lean = random.around(0, size * 0.06)
    canvas.move(x - size * 0.035, y)
    canvas.curve(x - size * 0.02, y - size * 0.2, x + lean - size * 0.02, y - size * 0.35, x + lean, y - size * 0.6)
    canvas.curve(x + lean + size * 0.02, y - size * 0.35, x + size * 0.025, y - size * 0.2, x + size * 0.045, y)
    canvas.close()
    canvas.inkLinear(
      x - size * 0.04, 0, x + size * 0.05, 0,
      [.init(at: 0, color: trunk.lit(1.12)), .init(at: 1, color: trunk.lit(0.6))])
    canvas.fill()
    for layer in 0..<3 {
      let tone = leaf.lit([0.62, 0.88, 1.08][layer])
      for _ in 0..<(layer == 0 ? 12 : 11) {
        let angle = random.real(0, 2 * .pi)
        let reach = random.unit().squareRoot() * size * (0.30 - 0.04 * Double(layer))
        let (cx, cy) = (
          x + lean + cos(angle) * reach * 1.1 - Double(layer) * size * 0.02,
          y - size * 0.68 + sin(angle) * reach * 0.8 - Double(layer) * size * 0.03
        )
        canvas.ink(tone.varied(&random, 0.04), 0.92)
        canvas.ellipse(cx, cy, size * random.real(0.06, 0.12), size * random.real(0.05, 0.09))
        canvas.fill()
      }
    }
  }

  /// A fir: tiers of drooping boughs.
  mutating func conifer(_ x: Double, _ y: Double, _ size: Double, _ needle: RGB, snow: Bool = false) {
    canvas.ink(RGB(0.24, 0.18, 0.13))
    canvas.rectangle(x - size * 0.025, y - size * 0.16, size * 0.05, size * 0.16)
    canvas.fill()
    let tiers = 7
    for tier in 0..<tiers {
      let t = Double(tier) / Double(tiers)
      let low = y - size * (0.08 + t * 0.78)
      let half = size * 0.24 * (1 - t * 0.9)
      canvas.move(x, low - size * 0.28 * (1 - t * 0.4))
      canvas.line(x + half * random.real(0.85, 1.1), low + random.real(0, size * 0.03))
      for step in stride(from: 0.75, through: -0.75, by: -0.25) {
        canvas.line(x + half * step, low - random.real(0, size * 0.035))
      }
      canvas.line(x - half * random.real(0.85, 1.1), low + random.real(0, size * 0.03))
      canvas.close()
      let tone = needle.varied(&random, 0.025)
      canvas.inkLinear(
        x - half, 0, x + half, 0, [.init(at: 0, color: tone.lit(1.08)), .init(at: 1, color: tone.lit(0.62))])
      canvas.fill()
      if snow {
        canvas.ink(RGB(0.93, 0.95, 0.98), 0.85)
        canvas.ellipse(x - half * 0.3, low - size * 0.055, half * 0.5, size * 0.016)
        canvas.fill()
      }
    }
  }

  /// A leafless tree.
  mutating func bareTree(_ x: Double, _ y: Double, _ size: Double, _ color: RGB) {
    canvas.ink(color)
    branch(x, y, angle: -.pi / 2 + random.around(0, 0.1), length: size * 0.32, thickness: size * 0.05, depth: 6)
  }

  private mutating func branch(
    _ x: Double, _ y: Double, angle: Double, length: Double, thickness: Double, depth: Int
  ) {
    guard depth > 0, length > 1.2 else { return }
    let (ex, ey) = (x + cos(angle) * length, y + sin(angle) * length)
    canvas.move(x, y)
    canvas.curve(
      x + cos(angle - 0.1) * length * 0.4, y + sin(angle - 0.1) * length * 0.4, ex, ey, ex, ey)
    canvas.stroke(max(0.5, thickness))
    for side in [-1.0, 1.0] where random.chance(0.94) {
      branch(
        ex, ey, angle: angle + side * random.real(0.22, 0.6), length: length * random.real(0.62, 0.84),
        thickness: thickness * 0.62, depth: depth - 1)
    }
  }

  mutating func bush(_ x: Double, _ y: Double, _ size: Double, _ leaf: RGB) {
    for layer in 0..<3 {
      for _ in 0..<9 {
        let angle = random.real(.pi, 2 * .pi)
        let reach = random.unit().squareRoot() * size * 0.42
        canvas.ink(leaf.lit([0.6, 0.85, 1.06][layer]).varied(&random, 0.05), 0.95)
        canvas.ellipse(
          x + cos(angle) * reach * 1.25, y - size * 0.12 + sin(angle) * reach * 0.85, size * random.real(0.07, 0.16),
          size * random.real(0.06, 0.12))
        canvas.fill()
      }
    }
  }

  /// Blades that rise from a line, curved by the wind.
  mutating func tufts(from left: Double, to right: Double, foot: Double, _ tall: Double, count: Int, _ color: RGB) {
    for _ in 0..<count {
      let x = random.real(left, right)
      let y = foot + random.around(0, tall * 0.2)
      let (high, lean) = (tall * random.real(0.4, 1), random.around(0.1, 0.5))
      canvas.move(x - 1.2, y)
      canvas.curve(x - 0.8, y - high * 0.5, x + lean * high * 0.4, y - high * 0.8, x + lean * high, y - high)
      canvas.curve(x + lean * high * 0.4 + 1, y - high * 0.7, x + 1, y - high * 0.4, x + 1.4, y)
      canvas.close()
      canvas.ink(color.varied(&random, 0.1))
      canvas.fill()
    }
  }

  mutating func palm(_ x: Double, _ y: Double, _ size: Double) {
    let lean = random.around(0, size * 0.25)
    canvas.move(x, y)
    canvas.curve(x, y - size * 0.4, x + lean * 0.6, y - size * 0.7, x + lean, y - size)
    canvas.ink(RGB(0.45, 0.36, 0.25))
    canvas.stroke(size * 0.055)
    for _ in 0..<11 {
      let angle = random.real(-.pi * 1.05, .pi * 0.05)
      let reach = size * random.real(0.3, 0.45)
      canvas.move(x + lean, y - size)
      canvas.curve(
        x + lean + cos(angle) * reach * 0.5, y - size + sin(angle) * reach * 0.7 - reach * 0.15,
        x + lean + cos(angle) * reach * 0.9, y - size + sin(angle) * reach * 0.4,
        x + lean + cos(angle) * reach, y - size + sin(angle) * reach * 0.2 + reach * 0.35)
      canvas.ink(RGB(0.22, 0.42, 0.20).varied(&random, 0.08))
      canvas.stroke(size * 0.04)
    }
  }
}
