/// A board with rounded corners as the tracer sees it, in pixels: wider or deeper at one end than at the other.
///
/// In the board's own frame, u across, v along, w through it: with d₂ the distance of (u, v) from a rectangle whose
/// corners have the radius r, the distance is that of (d₂ + e, |w| − depth + e) from the quarter plane, minus e, where e
/// rounds the edges.
struct Slab {
  private let start: SIMD3<Float>
  private let across: SIMD3<Float>
  private let along: SIMD3<Float>
  private let through: SIMD3<Float>
  private let half: Float
  /// At the near end, and how much more at the far end.
  private let width: SIMD2<Float>
  private let depth: SIMD2<Float>
  private let corner: SIMD2<Float>
  private let edge: Float
  private let lipschitz: Float

  init(_ panel: Model.Panel, from: Vector, to: Vector, view: Placement) {
    func single(_ v: Vector) -> SIMD3<Float> { SIMD3(Float(v.x), Float(v.y), Float(v.z)) }
    let (a, b) = (view.project(from), view.project(to))
    let length = max(1e-3, (b - a).length)
    let u = view.direction(panel.across)
    let v = (b - a) / length
    start = single(a)
    across = single(u)
    along = single(v)
    through = single(u.cross(v))
    half = Float(length / 2)
    func ends(_ pair: (Double, Double)) -> SIMD2<Float> {
      SIMD2(Float(pair.0 * view.scale), Float((pair.1 - pair.0) * view.scale))
    }
    width = ends((panel.width.from, panel.width.to))
    depth = ends((panel.depth.from, panel.depth.to))
    corner = ends((panel.corner.from, panel.corner.to))
    edge = Float(panel.edge * view.scale)
    let slope = max(abs(width.y), abs(depth.y), abs(corner.y)) / Float(length)
    lipschitz = 1 / (1 + slope * slope).squareRoot()
  }

  /// Signed distances of eight points, never more than the true ones, and the share of the length at which they are.
  @inline(__always)
  func nearest(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> (distance: Lanes, along: Lanes) {
    let (qx, qy, qz) = (x - start.x, y - start.y, z - start.z)
    let v = qx * along.x + qy * along.y + qz * along.z
    let t = within(v / (2 * half), 0, 1)
    let r = corner.x + t * corner.y
    let u = size(qx * across.x + qy * across.y + qz * across.z) - (width.x + t * width.y) + r
    let w = size(qx * through.x + qy * through.y + qz * through.z) - (depth.x + t * depth.y) + edge
    let flat = rounded(u, size(v - half) - half + r) - r + edge
    return ((rounded(flat, w) - edge) * lipschitz, t)
  }

  @inline(__always)
  private func size(_ a: Lanes) -> Lanes { greater(a, -a) }

  /// The distance from the quarter plane in which both are negative.
  @inline(__always)
  private func rounded(_ a: Lanes, _ b: Lanes) -> Lanes {
    let zero = Lanes(repeating: 0)
    let (p, q) = (greater(a, zero), greater(b, zero))
    return (p * p + q * q).squareRoot() + lesser(greater(a, b), zero)
  }
}
