/// One rod or panel as the tracer sees it: pixels, x right, y down, z towards the viewer.
struct Solid {
  var ax: Float, ay: Float, az: Float
  /// To the far end, already stretched along the flat axis.
  var dx: Float, dy: Float, dz: Float
  var inverseLength: Float
  var radius: Float, growth: Float
  var nx: Float, ny: Float, nz: Float
  var stretch: Float
  /// Turns the stretched distance back into one that never oversteps.
  var lipschitz: Float
  /// Length, if the far end is cut off square; else 0.
  var cut: Float
  var blend: Float
  var attach: Float
  var group: Int32
  var paint: Int32
  /// Where the rod is none but a panel.
  let slab: Slab?
  /// Centre and radius of a ball around it all.
  var cx: Float, cy: Float, cz: Float
  var bound: Float

  init(_ rod: Model.Rod, attach: Double, view: Placement) {
    let a = view.project(rod.from)
    let b = view.project(rod.to)
    let axis = view.direction(rod.flatAxis)
    let stretch = 1 / rod.flatness - 1
    let along = b - a
    let d = along + axis * (along.dot(axis) * stretch)
    (ax, ay, az) = (Float(a.x), Float(a.y), Float(a.z))
    (dx, dy, dz) = (Float(d.x), Float(d.y), Float(d.z))
    inverseLength = Float(1 / max(d.dot(d), 1e-9))
    radius = Float(rod.fromRadius * view.scale)
    growth = Float((rod.toRadius - rod.fromRadius) * view.scale)
    (nx, ny, nz) = (Float(axis.x), Float(axis.y), Float(axis.z))
    self.stretch = Float(stretch)
    cut = rod.cut ? Float(along.length) : 0
    lipschitz = Float(min(1, rod.flatness))
    // Never 0, which the melting divides by.
    blend = max(1e-3, Float(rod.blend * view.scale))
    self.attach = max(1e-3, Float(attach * view.scale))
    group = Int32(truncatingIfNeeded: rod.group)
    paint = Int32(truncatingIfNeeded: rod.paint)
    slab = rod.panel.map { Slab($0, from: rod.from, to: rod.to, view: view) }
    let center = (a + b) / 2
    (cx, cy, cz) = (Float(center.x), Float(center.y), Float(center.z))
    bound =
      Float(along.length / 2)
      + Float(max(rod.fromRadius, rod.toRadius) * max(1, rod.flatness) * view.scale)
  }

  /// Signed distances of eight points, in pixels; never more than the true ones.
  @inline(__always)
  func distance(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> Lanes {
    if let slab { return slab.nearest(x, y, z).distance }
    var qx = x - ax
    var qy = y - ay
    var qz = z - az
    if stretch != 0 {
      let k = (qx * nx + qy * ny + qz * nz) * stretch
      qx += k * nx
      qy += k * ny
      qz += k * nz
    }
    let reached = (qx * dx + qy * dy + qz * dz) * inverseLength
    let t = within(reached, 0, 1)
    qx -= t * dx
    qy -= t * dy
    qz -= t * dz
    let d = ((qx * qx + qy * qy + qz * qz).squareRoot() - (t * growth + radius)) * lipschitz
    return cut > 0 ? greater(d, (reached - 1) * cut) : d
  }

  /// The same for one point, with the share of the length at which it is nearest.
  @inline(__always)
  func nearest(_ x: Float, _ y: Float, _ z: Float) -> (distance: Float, along: Float) {
    if let slab {
      let near = slab.nearest(Lanes(repeating: x), Lanes(repeating: y), Lanes(repeating: z))
      return (near.distance[0], near.along[0])
    }
    var (qx, qy, qz) = (x - ax, y - ay, z - az)
    let k = (qx * nx + qy * ny + qz * nz) * stretch
    qx += k * nx
    qy += k * ny
    qz += k * nz
    let reached = (qx * dx + qy * dy + qz * dz) * inverseLength
    let t = max(0, min(1, reached))
    qx -= t * dx
    qy -= t * dy
    qz -= t * dz
    let d = ((qx * qx + qy * qy + qz * qz).squareRoot() - (t * growth + radius)) * lipschitz
    return (cut > 0 ? max(d, (reached - 1) * cut) : d, t)
  }
}
