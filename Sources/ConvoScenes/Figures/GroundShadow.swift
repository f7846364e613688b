/// The shadow that a model casts on the ground it stands on, and the dark where it touches.
struct GroundShadow {
  private let index: SolidIndex
  private let view: Placement
  private let light: SIMD3<Float>
  private let strength: Float
  /// Of the ground plane, in pixels: up, and the change of depth a row.
  private let up: SIMD3<Float>

  init(_ tracer: Tracer, _ light: Light) {
    index = tracer.index
    view = tracer.view
    let d = light.direction.normalized
    self.light = SIMD3(Float(d.x), Float(-d.y), Float(d.z))
    strength = Float(light.shadow)
    let u = Rotation.roll(tracer.view.tilt)(Vector(0, 1, 0))
    up = SIMD3(Float(u.x), Float(-u.y), Float(u.z))
  }

  func draw(on canvas: Canvas) {
    let rise = (light * up).sum()
    guard up.z > 0.02, rise > 0.05 else { return }
    let origin = SIMD3(Float(view.x), Float(view.y), 0)
    var (left, top, right, bottom) = (Float(1e6), Float(1e6), Float(-1e6), Float(-1e6))
    for solid in index.solids {
      let center = SIMD3(solid.cx, solid.cy, solid.cz)
      let height = ((center - origin) * up).sum()
      let landed = center - light * (height / rise)
      let spread = solid.bound * 1.6 / max(rise, 0.4) + 4
      (left, right) = (min(left, landed.x - spread), max(right, landed.x + spread))
      (top, bottom) = (min(top, landed.y - spread), max(bottom, landed.y + spread))
    }
    func pixel(_ value: Float, _ limit: Int) -> Int { Int(max(0, min(Float(limit), value))) }
    let (x0, x1) = (pixel(left, canvas.width), pixel(right, canvas.width))
    let (y0, y1) = (pixel(top, canvas.height), pixel(bottom, canvas.height))
    guard x0 < x1, y0 < y1 else { return }
    canvas.withPixels { pixels, stride in
      for y in y0..<y1 {
        for x in Swift.stride(from: x0, to: x1, by: 8) { shade(pixels + y * stride, x, y, limit: x1, origin) }
      }
    }
  }

  private static let steps: Lanes = [0, 1, 2, 3, 4, 5, 6, 7]

  private func shade(_ row: UnsafeMutablePointer<UInt32>, _ x: Int, _ y: Int, limit: Int, _ origin: SIMD3<Float>) {
    // (p − origin) · up = 0 with up.x = 0.
    let z = -(Float(y) + 0.5 - origin.y) * up.y / up.z
    let px = Self.steps + (Float(x) + 0.5)
    let (py, pz) = (Lanes(repeating: Float(y) + 0.5), Lanes(repeating: z))
    let field = index.gather(
      from: px[3], py[0], z, towards: light, radius: 6 + Float(view.scale) * 0.06)
    guard field.solids.count > 0 else { return }
    let seen = Tracer.visibility(field, px, py, pz, towards: light, reach: Float(view.scale) * 3)
    let gap = field.hard(px, py, pz)
    let touch = within(1 - gap / Float(view.scale * 0.13), 0, 1)
    let dark = lesser((1 - seen) * (strength * 0.62) + touch * touch * 0.4, Lanes(repeating: 0.78))
    for lane in 0..<8 where x + lane < limit && dark[lane] > 0.01 {
      let color = Pixel.unpack(row[x + lane])
      // Shadows in daylight are a little blue.
      let tint = SIMD3<Float>(1 - dark[lane], 1 - dark[lane] * 0.97, 1 - dark[lane] * 0.92)
      row[x + lane] = Pixel.pack(color * tint)
    }
  }
}
