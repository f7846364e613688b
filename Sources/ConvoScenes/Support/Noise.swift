#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Smooth value noise without tables: a hash of the lattice points, blended.
enum Noise {
  @inline(__always)
  static func hash(_ x: Int32, _ y: Int32, _ z: Int32) -> Float {
    var h = UInt32(bitPattern: x) &* 0x8DA6_B343
    h ^= UInt32(bitPattern: y) &* 0xD816_3841
    h ^= UInt32(bitPattern: z) &* 0xCB1A_B31F
    h ^= h >> 15
    h = h &* 0x2C1B_3C6D
    h ^= h >> 12
    h = h &* 0x297A_2D39
    h ^= h >> 15
    return Float(h >> 8) * 0x1p-24
  }

  /// 0...1, smooth in the plane; cells are one unit wide.
  @inline(__always)
  static func plane(_ x: Float, _ y: Float, _ seed: Int32) -> Float {
    let (fx, fy) = (x.rounded(.down), y.rounded(.down))
    let (ix, iy) = (lattice(fx), lattice(fy))
    let (tx, ty) = (fade(x - fx), fade(y - fy))
    let top = mix(hash(ix, iy, seed), hash(ix &+ 1, iy, seed), tx)
    let bottom = mix(hash(ix, iy &+ 1, seed), hash(ix &+ 1, iy &+ 1, seed), tx)
    return mix(top, bottom, ty)
  }

  /// 0...1, smooth in space; cells are one unit wide.
  @inline(__always)
  static func space(_ x: Float, _ y: Float, _ z: Float, _ seed: Int32) -> Float {
    let fz = z.rounded(.down)
    let layer = lattice(fz) &+ (seed &* 31)
    return mix(plane(x, y, layer), plane(x, y, layer &+ 1), fade(z - fz))
  }

  /// Octaves of plane noise, each half as strong and twice as fine; 0...1.
  static func fractal(_ x: Float, _ y: Float, octaves: Int, _ seed: Int32) -> Float {
    var (sum, weight, total, scale) = (Float(0), Float(1), Float(0), Float(1))
    for octave in 0..<octaves {
      sum += weight * plane(x * scale, y * scale, seed &+ Int32(truncatingIfNeeded: octave &* 101))
      total += weight
      weight *= 0.5
      scale *= 2.03
    }
    return total > 0 ? sum / total : 0.5
  }

  @inline(__always)
  private static func lattice(_ value: Float) -> Int32 {
    // Far outside any picture; the clamp keeps the conversion from trapping.
    Int32(max(-1e8, min(1e8, value)))
  }

  @inline(__always)
  private static func fade(_ t: Float) -> Float { t * t * (3 - 2 * t) }

  @inline(__always)
  private static func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }
}
