/// How near one solid is, and at which share of its length.
typealias Near = (distance: Float, along: Float)

/// Turns a place on a model into a colour: paint, then light.
struct Shading {
  let castsShadow: Bool
  private let coats: [Coating]
  private let sun: SIMD3<Float>
  private let half: SIMD3<Float>
  private let sunColor: SIMD3<Float>
  private let sky: SIMD3<Float>
  private let ground: SIMD3<Float>
  private let shadow: Float
  private let haze: SIMD3<Float>
  private let hazeShare: Float

  init(_ model: Model, _ view: Placement, _ light: Light, haze: Double) {
    coats = model.paints.map { Coating($0, model.frames[min($0.frame, model.frames.count - 1)], view) }
    let d = light.direction.normalized
    sun = SIMD3(Float(d.x), Float(-d.y), Float(d.z))
    let h = Vector(d.x, -d.y, d.z + 1).normalized
    half = SIMD3(Float(h.x), Float(h.y), Float(h.z))
    sunColor = Self.linear(light.color) * Float(light.strength)
    sky = Self.linear(light.sky) * Float(light.ambient)
    ground = Self.linear(light.ground) * Float(light.ambient)
    shadow = Float(light.shadow)
    castsShadow = light.shadow > 0.15
    self.haze = SIMD3(Float(light.haze.r), Float(light.haze.g), Float(light.haze.b))
    hazeShare = Float(haze)
  }

  @inline(__always)
  private static func linear(_ c: RGB) -> SIMD3<Float> {
    let v = SIMD3(Float(c.r), Float(c.g), Float(c.b))
    return v * v
  }

  func color(
    _ field: DistanceField, _ scratch: UnsafeMutablePointer<Near>, at p: SIMD3<Float>, normal n: SIMD3<Float>,
    openness: Float, sun visible: Float
  ) -> SIMD3<Float> {
    let surface = self.surface(field, scratch, p, n)
    let albedo = surface.color * surface.color
    let up = n.y * -0.5 + 0.5
    let facing = (n * sun).sum()
    let lit = max(0, (facing + 0.18) / 1.18) * (1 - shadow * (1 - visible))
    let ambient = (ground + (sky - ground) * up) * openness
    var color = albedo * (ambient + sunColor * lit * (0.55 + 0.45 * openness))
    let shine = max(0, (n * half).sum())
    let s4 = shine * shine * shine * shine
    let s16 = s4 * s4 * s4 * s4
    color += sunColor * (surface.gloss * (0.16 * s16 + 0.05 * s4) * visible * openness)
    // Grazing light from the sky: what keeps a dark coat from being a hole.
    let rim = (1 - max(0, n.z))
    color += sky * (rim * rim * rim * 0.10 * openness * (0.3 + surface.gloss))
    color = color.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
    color = SIMD3(color.x.squareRoot(), color.y.squareRoot(), color.z.squareRoot())
    return color + (haze - color) * hazeShare
  }

  /// The colours of all solids near enough to show through, weighted by how near each is.
  private func surface(
    _ field: DistanceField, _ scratch: UnsafeMutablePointer<Near>, _ p: SIMD3<Float>, _ n: SIMD3<Float>
  ) -> (color: SIMD3<Float>, gloss: Float) {
    var least: Float = 1e6
    var softness: Float = 1
    for index in 0..<field.solids.count {
      let solid = field.solids[index]
      let near = solid.nearest(p.x, p.y, p.z)
      scratch[index] = near
      if near.distance < least {
        least = near.distance
        softness = coats[Int(solid.paint)].soft
      }
    }
    var color = SIMD3<Float>(repeating: 0)
    var (gloss, total) = (Float(0), Float(0))
    for index in 0..<field.solids.count {
      let (distance, along) = scratch[index]
      guard distance - least < softness else { continue }
      let coat = coats[Int(field.solids[index].paint)]
      let share = 1 - (distance - least) / min(coat.soft, softness)
      if share > 0 {
        let weight = share * share
        color += coat.color(p, n, along: along) * weight
        gloss += coat.gloss * weight
        total += weight
      }
    }
    return total > 0 ? (color / total, gloss / total) : (SIMD3(repeating: 0.5), 0)
  }
}
