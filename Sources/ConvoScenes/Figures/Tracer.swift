/// Draws a model onto a canvas by sphere tracing, eight pixels at a time.
struct Tracer {
  let index: SolidIndex
  let view: Placement
  let shading: Shading
  private let light: SIMD3<Float>

  /// Half the width of the half-shadow, as a share of the distance from what casts it.
  static let penumbra: Float = 0.11

  init(_ model: Model, _ view: Placement, _ light: Light, haze: Double) {
    index = SolidIndex(model, view)
    self.view = view
    shading = Shading(model, view, light, haze: haze)
    let d = light.direction.normalized
    self.light = SIMD3(Float(d.x), Float(-d.y), Float(d.z))
  }

  private static let steps: Lanes = [0, 1, 2, 3, 4, 5, 6, 7]

  /// Paints the model over what is on the canvas.
  func draw(on canvas: Canvas) {
    guard !index.solids.isEmpty else { return }
    let box = bounds(in: canvas)
    guard box.left < box.right, box.top < box.bottom else { return }
    canvas.withPixels { pixels, stride in
      var top = box.top
      while top < box.bottom {
        var left = box.left
        while left < box.right {
          let field = index.gather(x: Float(left) + 4, y: Float(top) + 4, radius: 5.7, margin: Float(view.scale * 0.04))
          if field.solids.count > 0 {
            for y in top..<min(top + 8, box.bottom) {
              traceRow(field, x: left, y: y, limit: box.right, pixels + y * stride)
            }
          }
          left += 8
        }
        top += 8
      }
    }
  }

  private func bounds(in canvas: Canvas) -> (left: Int, top: Int, right: Int, bottom: Int) {
    var (left, top, right, bottom) = (Float(1e6), Float(1e6), Float(-1e6), Float(-1e6))
    for solid in index.solids {
      left = min(left, solid.cx - solid.bound)
      right = max(right, solid.cx + solid.bound)
      top = min(top, solid.cy - solid.bound)
      bottom = max(bottom, solid.cy + solid.bound)
    }
    func pixel(_ value: Float, _ limit: Int) -> Int { Int(max(0, min(Float(limit), value))) }
    return (
      pixel(left - 2, canvas.width), pixel(top - 2, canvas.height), pixel(right + 3, canvas.width),
      pixel(bottom + 3, canvas.height)
    )
  }

  private func traceRow(_ field: DistanceField, x: Int, y: Int, limit: Int, _ row: UnsafeMutablePointer<UInt32>) {
    let px = Self.steps + (Float(x) + 0.5)
    let py = Lanes(repeating: Float(y) + 0.5)
    var front: Float = -1e5
    var back: Float = 1e5
    for solid in field.solids {
      front = max(front, solid.cz + solid.bound)
      back = min(back, solid.cz - solid.bound)
    }
    var z = Lanes(repeating: front)
    let closeEnough: Float = 0.3
    var nearest = Lanes(repeating: 1e5)
    var nearestZ = z
    var going = SIMDMask<SIMD8<Int32>>(repeating: true)
    for _ in 0..<56 {
      let d = field(px, py, z)
      let better = (d .< nearest) .& going
      nearest.replace(with: d, where: better)
      nearestZ.replace(with: z, where: better)
      going = going .& (d .>= closeEnough) .& (z .> back)
      if !any(going) { break }
      z.replace(with: z - greater(d * 0.92, Lanes(repeating: 0.4)), where: going)
    }
    let cover = within((1.1 - nearest) * 1.25, 0, 1)
    guard any(cover .> 0.02) else { return }
    let normal = self.normal(field, px, py, nearestZ)
    let open = openness(field, px, py, nearestZ, normal)
    let sun = shading.castsShadow ? visibility(x: px, y: py, z: nearestZ, normal) : Lanes(repeating: 1)
    for lane in 0..<8 where cover[lane] > 0.02 && x + lane < limit {
      let color = shading.color(
        field, index.near, at: SIMD3(px[lane], py[lane], nearestZ[lane]),
        normal: SIMD3(normal.x[lane], normal.y[lane], normal.z[lane]), openness: open[lane], sun: sun[lane])
      row[x + lane] = Pixel.blend(color, over: row[x + lane], cover[lane])
    }
  }

  struct Normals {
    var x: Lanes
    var y: Lanes
    var z: Lanes
  }

  /// The gradient of the distance from four taps on a tetrahedron.
  private func normal(_ field: DistanceField, _ x: Lanes, _ y: Lanes, _ z: Lanes) -> Normals {
    let h: Float = 0.7
    let a = field(x + h, y - h, z - h)
    let b = field(x - h, y - h, z + h)
    let c = field(x - h, y + h, z - h)
    let d = field(x + h, y + h, z + h)
    let (nx, ny, nz) = (a - b - c + d, c + d - a - b, b + d - a - c)
    let size = greater((nx * nx + ny * ny + nz * nz).squareRoot(), Lanes(repeating: 1e-6))
    return Normals(x: nx / size, y: ny / size, z: nz / size)
  }

  /// How little of the surroundings is shut out by the model itself, 0...1.
  private func openness(_ field: DistanceField, _ x: Lanes, _ y: Lanes, _ z: Lanes, _ n: Normals) -> Lanes {
    var shut = Lanes(repeating: 0)
    for (metres, weight) in [(0.035, Float(0.45)), (0.09, Float(0.5))] {
      let h = Float(metres * view.scale)
      let d = field(x + n.x * h, y + n.y * h, z + n.z * h)
      shut += greater(h - d, Lanes(repeating: 0)) * (weight / h)
    }
    return within(1 - shut, 0.15, 1)
  }

  /// How much of the light reaches eight neighbouring points, 0...1.
  private func visibility(x: Lanes, y: Lanes, z: Lanes, _ n: Normals) -> Lanes {
    let facing = n.x * light.x + n.y * light.y + n.z * light.z
    // Turned away from the light: the shading leaves it dark without asking.
    guard any(facing .> -0.15) else { return Lanes(repeating: 0) }
    let lift = Float(view.scale) * 0.02 + 0.6
    let (sx, sy, sz) = (x + n.x * lift, y + n.y * lift, z + n.z * lift)
    // Points in front of and behind an edge may be far apart: one beam wide enough for all of them.
    let low = z.min()
    let high = z.max()
    let beam = index.gather(
      from: sx[3], sy[3], (low + high) / 2, towards: light, radius: 6 + (high - low) / 2 + Float(view.scale) * 0.03)
    return Self.visibility(beam, sx, sy, sz, towards: light, reach: Float(view.scale) * 1.6)
  }

  /// Marches towards the light; a near miss is half a shadow.
  static func visibility(
    _ field: DistanceField, _ x: Lanes, _ y: Lanes, _ z: Lanes, towards light: SIMD3<Float>, reach: Float
  ) -> Lanes {
    guard field.solids.count > 0 else { return Lanes(repeating: 1) }
    var seen = Lanes(repeating: 1)
    var t = Lanes(repeating: 0)
    for _ in 0..<18 {
      let d = field.hard(x + t * light.x, y + t * light.y, z + t * light.z)
      seen = lesser(seen, (d + 0.5) / (t * penumbra + 0.6))
      t += greater(d, t * 0.05 + 1.2)
      if !any((t .< reach) .& (seen .> 0)) { break }
    }
    return within(seen, 0, 1)
  }
}
