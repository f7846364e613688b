/// A thing made of soft solids: round-ended, tapered, perhaps flattened rods that melt into each other.
///
/// Space is metres, x ahead, y up from the ground, z to the right hand. A group is a limb: its solids melt into each
/// other and, by `attach`, into the core (group 0), but never into another limb.
struct Model {
  struct Frame {
    var origin: Vector
    var rotation: Rotation
  }

  struct Rod {
    var from: Vector
    var to: Vector
    var fromRadius: Double
    var toRadius: Double
    var flatAxis: Vector
    /// Thickness along `flatAxis` as a share of the radius.
    var flatness: Double
    var blend: Double
    var paint: Int
    var group: Int
    /// Whether the far end is cut off square instead of rounded.
    var cut: Bool
  }

  private(set) var frames = [Frame(origin: Vector(0, 0, 0), rotation: .identity)]
  private(set) var paints: [Paint] = []
  private(set) var attachments: [Double] = [0]
  private(set) var rods: [Rod] = []

  mutating func frame(_ origin: Vector, _ rotation: Rotation) -> Int {
    frames.append(Frame(origin: origin, rotation: rotation))
    return frames.count - 1
  }

  mutating func paint(_ paint: Paint) -> Int {
    paints.append(paint)
    return paints.count - 1
  }

  /// A new limb, melted into the core over `attach` metres (0: merely touching).
  mutating func limb(attach: Double) -> Int {
    attachments.append(attach)
    return attachments.count - 1
  }

  mutating func rod(
    _ from: Vector, _ to: Vector, _ fromRadius: Double, _ toRadius: Double, paint: Int, group: Int = 0,
    blend: Double = 0.05, flat axis: Vector = Vector(0, 0, 1), by flatness: Double = 1, cut: Bool = false
  ) {
    rods.append(
      Rod(
        from: from, to: to, fromRadius: max(0.002, fromRadius), toRadius: max(0.002, toRadius),
        flatAxis: axis.normalized, flatness: clamped(flatness, 0.15, 1.6), blend: blend, paint: paint, group: group,
        cut: cut))
  }

  mutating func ball(
    _ center: Vector, _ radius: Double, paint: Int, group: Int = 0, blend: Double = 0.03,
    flat axis: Vector = Vector(0, 0, 1), by flatness: Double = 1
  ) {
    rod(
      center, center + Vector(0, 0.0005, 0), radius, radius, paint: paint, group: group, blend: blend, flat: axis,
      by: flatness)
  }

  struct Knot {
    var at: Vector
    var radius: Double

    init(_ at: Vector, _ radius: Double) {
      self.at = at
      self.radius = radius
    }
  }

  /// A smooth curve through the knots (Catmull–Rom), as `steps` rods between each pair.
  mutating func curve(
    _ knots: [Knot], steps: Int = 3, paint: Int, group: Int = 0, blend: Double = 0.04,
    flat axis: Vector = Vector(0, 0, 1), by flatness: Double = 1
  ) {
    guard knots.count > 1, let first = knots.first, let last = knots.last else { return }
    let padded = [first] + knots + [last]
    var previous = first
    for index in 0..<(knots.count - 1) {
      let (p0, p1, p2, p3) = (padded[index], padded[index + 1], padded[index + 2], padded[index + 3])
      for step in 1...max(1, steps) {
        let t = Double(step) / Double(max(1, steps))
        let (t2, t3) = (t * t, t * t * t)
        let (w0, w1) = (-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1)
        let (w2, w3) = (-1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2)
        let at = p0.at * w0 + p1.at * w1 + p2.at * w2 + p3.at * w3
        let next = Knot(at, p1.radius + (p2.radius - p1.radius) * t)
        rod(
          previous.at, next.at, previous.radius, next.radius, paint: paint, group: group, blend: blend, flat: axis,
          by: flatness)
        previous = next
      }
    }
  }

  /// The lowest point of any solid: how far the whole must rise to stand on the ground.
  var lowest: Double {
    rods.map { min($0.from.y - $0.fromRadius, $0.to.y - ($0.cut ? 0.2 * $0.toRadius : $0.toRadius)) }.min() ?? 0
  }

  mutating func raise(by height: Double) {
    let lift = Vector(0, height, 0)
    for index in rods.indices {
      rods[index].from += lift
      rods[index].to += lift
    }
    for index in frames.indices.dropFirst() { frames[index].origin += lift }
  }

  /// Greatest distance from the origin, flat on the ground and upwards.
  var reach: (ground: Double, height: Double) {
    var (ground, height) = (0.0, 0.0)
    for rod in rods {
      for (point, radius) in [(rod.from, rod.fromRadius), (rod.to, rod.toRadius)] {
        ground = max(ground, (point.x * point.x + point.z * point.z).squareRoot() + radius)
        height = max(height, point.y + radius)
      }
    }
    return (ground, height)
  }
}
