/// A paint made ready for one view: everything in pixels and single precision.
struct Coating {
  let soft: Float
  let gloss: Float
  private let base: SIMD3<Float>
  private let tip: SIMD3<Float>
  private let tipFrom: Float
  private let tipScale: Float
  private let pattern: Pattern
  private let grain: Float
  // Rows of the map from pixels to metres in the paint's frame.
  private let mx: SIMD3<Float>
  private let my: SIMD3<Float>
  private let mz: SIMD3<Float>
  private let origin: SIMD3<Float>

  init(_ paint: Paint, _ frame: Model.Frame, _ view: Placement) {
    base = Self.vector(paint.base)
    tip = Self.vector(paint.tip ?? paint.base)
    tipFrom = Float(paint.tipFrom)
    tipScale = Float(1 / max(0.01, paint.tipTo - paint.tipFrom))
    pattern = paint.pattern
    grain = Float(paint.grain)
    gloss = Float(paint.gloss)
    soft = max(0.8, Float(paint.soft * view.scale))
    func row(_ axis: Vector) -> SIMD3<Float> {
      let d = view.direction(axis) / view.scale
      return SIMD3(Float(d.x), Float(d.y), Float(d.z))
    }
    mx = row(frame.rotation.x)
    my = row(frame.rotation.y)
    mz = row(frame.rotation.z)
    let o = view.project(frame.origin)
    origin = SIMD3(Float(o.x), Float(o.y), Float(o.z))
  }

  private static func vector(_ c: RGB) -> SIMD3<Float> { SIMD3(Float(c.r), Float(c.g), Float(c.b)) }

  func color(_ p: SIMD3<Float>, _ normal: SIMD3<Float>, along: Float) -> SIMD3<Float> {
    let q = p - origin
    let (x, y, z) = ((q * mx).sum(), (q * my).sum(), (q * mz).sum())
    let t = max(0, min(1, (along - tipFrom) * tipScale))
    var color = base + (tip - base) * t
    switch pattern {
    case .plain:
      break
    case .patches(let other, let size, let share, let seed):
      let s = Float(1 / size)
      let n =
        Noise.space(x * s, y * s, z * s, seed) * 0.7 + Noise.space(x * s * 2.3, y * s * 2.3, z * s, seed &+ 7) * 0.3
      color = Self.mix(color, Self.vector(other), Self.step(n - Float(1 - share), 0.025))
    case .dapples(let other, let size, let seed):
      let s = Float(1 / size)
      let n = Noise.space(x * s, y * s, z * s, seed)
      color = Self.mix(color, Self.vector(other), Self.step(n - 0.55, 0.16) * 0.75)
    case .hoops(let other, let period):
      if (y / Float(period)).truncatingRemainder(dividingBy: 1).magnitude < 0.45 { color = Self.vector(other) }
    case .pinstripes(let other, let period):
      if ((z + x * 0.6) / Float(period)).truncatingRemainder(dividingBy: 1).magnitude < 0.3 {
        color = Self.vector(other)
      }
    case .checks(let other, let period):
      let s = Float(1 / period)
      let a = (y * s).truncatingRemainder(dividingBy: 1).magnitude < 0.42
      let b = ((z + x * 0.8) * s).truncatingRemainder(dividingBy: 1).magnitude < 0.42
      color = Self.mix(color, Self.vector(other), (a ? 0.45 : 0) + (b ? 0.45 : 0))
    case .twoTone(let other, let above):
      color = Self.mix(Self.vector(other), color, Self.step(y - Float(above), 0.012))
    case .jacket(let shirt, let opening):
      let width = Float(opening) * max(0, min(1, (y + 0.05) * 3))
      if x > 0 {
        if abs(z) < width { color = Self.vector(shirt) }
        if abs(abs(z) - width - 0.012) < 0.008 { color *= 0.7 }
      }
    case .placket(let buttons, let period):
      guard x > 0 else { break }
      let size = Float(period) * 0.11
      let up = (y / Float(period) - (y / Float(period)).rounded(.down) - 0.5) * Float(period)
      if up * up + z * z < size * size {
        color = Self.vector(buttons)
      } else if abs(abs(z) - size * 2) < size * 0.35 {
        color *= 0.72
      }
    case .strands(let other, let count, let seed):
      let angle = normal.x * 0.8 + normal.y
      let n = Noise.plane((angle * 0.5 + (x + y + z) * 0.7) * Float(count), along * 1.5, seed)
      color = Self.mix(color, Self.vector(other), Self.step(n - 0.5, 0.3))
    case .face(let face):
      color = face.paint(color, x, y, z)
    case .blaze(let white, let forehead, let nose):
      let width = Float(forehead) + Float(nose - forehead) * max(0, min(1, x / 0.5))
      if y > -0.06 { color = Self.mix(color, Self.vector(white), Self.step(width - abs(z), 0.008)) }
    }
    if grain > 0 {
      let fine = Noise.space(x * 55, y * 32, z * 55, 3) - 0.5
      let broad = Noise.space(x * 7, y * 7, z * 7, 5) - 0.5
      color *= 1 + grain * (fine * 1.6 + broad * 1.4)
    }
    return color
  }

  @inline(__always)
  private static func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ t: Float) -> SIMD3<Float> { a + (b - a) * t }

  /// 0 below −width, 1 above width.
  @inline(__always)
  private static func step(_ value: Float, _ width: Float) -> Float {
    let t = max(0, min(1, value / (2 * width) + 0.5))
    return t * t * (3 - 2 * t)
  }
}
