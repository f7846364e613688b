#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A backdrop being painted: the canvas, the accidents, and where the eye is.
struct Scenery {
  let canvas: Canvas
  var random: RandomSource
  /// The row at which the ground meets what is behind it.
  let horizon: Double
  let noiseSeed: Int32
  /// Set by the backdrop for the figures that will stand in it.
  var mood = Mood()

  var width: Double { Double(canvas.width) }
  var height: Double { Double(canvas.height) }

  init(_ canvas: Canvas, horizon: Double, random: RandomSource) {
    self.canvas = canvas
    self.horizon = horizon
    self.random = random
    noiseSeed = Int32(truncatingIfNeeded: self.random.next() & 0xFFFF)
  }

  /// What a place does to the light in it.
  struct Mood: Sendable {
    var sun = RGB(1, 0.96, 0.88)
    var sunStrength = 1.0
    var sky = RGB(0.72, 0.82, 0.95)
    var ground = RGB(0.42, 0.40, 0.30)
    var ambient = 0.62
    var shadow = 0.75
    var haze = RGB(0.75, 0.80, 0.86)
    var hazeReach = 0.5
    var indoors = false
  }

  /// How the floor is made.
  enum Floor: Sendable {
    case grass, tallGrass, sand, snow, earth, asphalt, boards, tiles, cobbles, carpet, water, plain
  }

  mutating func sky(_ top: RGB, _ bottom: RGB, clouds: Double = 0.4, cloud: RGB = RGB(0.96, 0.96, 0.97)) {
    let low = max(20, horizon + 4)
    canvas.inkLinear(0, 0, 0, low, [.init(at: 0, color: top), .init(at: 1, color: bottom)])
    canvas.rectangle(0, 0, width, low)
    canvas.fill()
    guard clouds > 0.02 else { return }
    let (seed, cover) = (noiseSeed, Float(clouds))
    let white = Self.floats(cloud)
    let far = Float(low)
    eachPixel(from: 0, to: Int(low)) { x, y, color in
      let depth = 1 / (0.25 + (far - y) / far)
      let n = Noise.fractal(x * 0.011 * depth, y * 0.03 * depth, octaves: 4, seed)
      let share = max(0, min(1, (n - (0.72 - 0.4 * cover)) * 5))
      let shaded = white * (0.86 + 0.14 * min(1, n * 1.4))
      color += (shaded - color) * (share * 0.85)
    }
  }

  /// The floor from the horizon to the lower edge, its grain smaller the farther it is.
  mutating func floor(_ near: RGB, _ far: RGB, _ kind: Floor, second: RGB? = nil) {
    let top = clamped(horizon, 0, height - 1)
    canvas.inkLinear(0, top, 0, height, [.init(at: 0, color: far), .init(at: 1, color: near)])
    canvas.rectangle(0, top, width, height - top)
    canvas.fill()
    let (seed, line, middle) = (noiseSeed &+ 50, Float(min(top, horizon)), Float(width / 2))
    let other = Self.floats(second ?? near.lit(0.8))
    let drift = Float(random.around(0, 40))
    eachPixel(from: Int(top), to: canvas.height) { x, y, color in
      let depth = 130 / (y - line + 7)
      let u = (x - middle) * depth * 0.02 + drift
      let v = depth * 6
      let fade = max(0, min(1, 1.25 - depth * 0.09))
      switch kind {
      case .grass:
        let broad = Noise.fractal(u, v, octaves: 3, seed)
        let blade = Noise.plane(x * 0.55 + Noise.plane(x * 0.05, y * 0.08, seed) * 8, y * 0.16, seed &+ 3)
        color += (other - color) * max(0, min(1, (broad - 0.42) * 2.2))
        color *= 1 + (blade - 0.5) * 0.42 * fade
      case .tallGrass:
        let blade = Noise.plane(x * 0.75 + Noise.plane(x * 0.03, y * 0.05, seed) * 14, y * 0.07, seed &+ 3)
        let broad = Noise.fractal(u * 0.7, v * 0.7, octaves: 2, seed)
        color += (other - color) * max(0, min(1, (blade * 0.7 + broad * 0.5 - 0.5) * 2.4))
      case .sand:
        let ripple = sin((v * 2.2 + Noise.plane(u * 0.7, v * 0.5, seed) * 6))
        color *= 1 + (ripple * 0.035 + (Noise.plane(x * 0.9, y * 0.9, seed) - 0.5) * 0.10) * fade
        color += (other - color) * max(0, Noise.fractal(u * 0.6, v * 0.4, octaves: 2, seed) - 0.55)
      case .snow:
        let drift = Noise.fractal(u * 0.5, v * 0.6, octaves: 3, seed)
        color += (other - color) * max(0, min(1, (drift - 0.45) * 1.7))
      case .earth:
        let clod = Noise.fractal(u * 3, v * 3, octaves: 3, seed)
        color += (other - color) * max(0, min(1, (clod - 0.45) * 2))
        color *= 1 + (Noise.plane(x * 0.8, y * 0.8, seed) - 0.5) * 0.2 * fade
      case .asphalt:
        color *=
          1 + (Noise.plane(x * 1.1, y * 1.1, seed) - 0.5) * 0.16 + (Noise.plane(u * 0.6, v * 0.6, seed) - 0.5) * 0.18
      case .boards:
        let plank = (u * 1.7).rounded(.down)
        let tone = Noise.hash(Int32(max(-1e6, min(1e6, plank))), 3, seed)
        let edge = u * 1.7 - plank
        color *= 0.86 + tone * 0.28 + (Noise.plane(u * 14, v * 0.7, seed) - 0.5) * 0.14
        if edge < 0.05 * depth.squareRoot() { color *= 0.72 }
      case .tiles:
        let (a, b) = ((u * 1.1).rounded(.down), (v * 0.55).rounded(.down))
        if (a + b).truncatingRemainder(dividingBy: 2) != 0 { color = other * (0.9 + 0.1 * fade) }
        if u * 1.1 - a < 0.04 || v * 0.55 - b < 0.04 { color *= 0.8 }
      case .cobbles:
        let row = (v * 1.6).rounded(.down)
        let shift = row.truncatingRemainder(dividingBy: 2) * 0.5
        let column = (u * 2.4 + shift).rounded(.down)
        let (p, q) = (u * 2.4 + shift - column - 0.5, v * 1.6 - row - 0.5)
        let tone = Noise.hash(Int32(max(-1e6, min(1e6, column))), Int32(max(-1e6, min(1e6, row))), seed)
        color *= (0.8 + tone * 0.35) * (p * p + q * q > 0.2 ? 0.72 : 1.05)
      case .carpet:
        color *= 1 + (Noise.plane(x * 1.3, y * 1.3, seed) - 0.5) * 0.15
        let ring = (u * 0.55).truncatingRemainder(dividingBy: 1).magnitude
        if ring < 0.16 { color += (other - color) * 0.6 }
      case .water:
        let wave = Noise.fractal(u * 0.8, v * 3.2, octaves: 3, seed)
        color += (other - color) * max(0, min(1, (wave - 0.5) * 3.2))
      case .plain:
        color *= 1 + (Noise.fractal(u, v, octaves: 3, seed) - 0.5) * 0.2
      }
    }
  }

  /// A range of hills or mountains from one edge to the other, standing on `base`.
  mutating func ridge(_ base: Double, rise: Double, roughness: Double, _ color: RGB, _ foot: RGB? = nil) {
    let seed = Int32(truncatingIfNeeded: random.next() & 0xFFFF)
    let offset = Float(random.real(0, 100))
    var outline: [(Double, Double)] = [(0, height)]
    for x in stride(from: 0.0, through: width, by: 3) {
      let n = Noise.fractal(
        Float(x) * Float(0.006 + 0.02 * roughness) + offset, 0.5, octaves: 1 + Int(roughness * 5), seed)
      outline.append((x, base - rise * (Double(n) * 1.5 - 0.25)))
    }
    outline.append((width, height))
    canvas.polygon(outline)
    canvas.inkLinear(
      0, base - rise, 0, base + 6, [.init(at: 0, color: color), .init(at: 1, color: foot ?? color.lit(0.85))])
    canvas.fill()
  }

  /// Uneven brightness over a band of rows.
  func mottle(_ top: Double, _ bottom: Double, scale: Double, strength: Double, stretch: Double = 1) {
    let (seed, s, k, w) = (noiseSeed &+ 9, Float(scale), Float(strength), Float(stretch))
    eachPixel(from: Int(clamped(top, 0, height)), to: Int(clamped(bottom, 0, height))) { x, y, color in
      color *= 1 + (Noise.fractal(x * s * w, y * s, octaves: 3, seed) - 0.5) * k
    }
  }

  func eachPixel(from top: Int, to bottom: Int, _ body: (Float, Float, inout SIMD3<Float>) -> Void) {
    canvas.withPixels { pixels, stride in
      for y in max(0, top)..<max(max(0, top), min(canvas.height, bottom)) {
        for x in 0..<canvas.width {
          var color = Pixel.unpack(pixels[y * stride + x])
          body(Float(x), Float(y), &color)
          pixels[y * stride + x] = Pixel.pack(color)
        }
      }
    }
  }

  static func floats(_ c: RGB) -> SIMD3<Float> { SIMD3(Float(c.r), Float(c.g), Float(c.b)) }
}
