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
    /// In place of a round rod, a board between the two ends.
    var panel: Panel?
  }

  /// A board with rounded corners; what differs between the ends changes evenly in between.
  struct Panel {
    typealias Ends = (from: Double, to: Double)
    /// Square to the line between the ends; length 1.
    var across: Vector
    /// Half of it.
    var width: Ends
    /// Half of it.
    var depth: Ends
    /// Radius of the outline's corners.
    var corner: Ends
    /// Radius of the edges all around.
    var edge: Double
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

  mutating func repaint(_ index: Int, _ change: (inout Paint) -> Void) {
    change(&paints[index])
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
        cut: cut, panel: nil))
  }

  mutating func ball(
    _ center: Vector, _ radius: Double, paint: Int, group: Int = 0, blend: Double = 0.03,
    flat axis: Vector = Vector(0, 0, 1), by flatness: Double = 1
  ) {
    rod(
      center, center + Vector(0, 0.0005, 0), radius, radius, paint: paint, group: group, blend: blend, flat: axis,
      by: flatness)
  }

  /// A board whose ends' middles are given. Corners and edges are cut down to what fits.
  mutating func panel(
    _ from: Vector, _ to: Vector, across: Vector = Vector(1, 0, 0), width: Panel.Ends, depth: Panel.Ends,
    corner: Panel.Ends = (0.02, 0.02), edge: Double = 0.02, paint: Int, group: Int = 0, blend: Double = 0.01
  ) {
    let along = (to - from).normalized
    let square = (across - along * across.dot(along)).normalized
    let half = (to - from).length / 2
    func radius(_ corner: Double, _ width: Double) -> Double { max(0.002, min(corner, width, half)) }
    let panel = Panel(
      across: square, width: width, depth: depth,
      corner: (radius(corner.from, width.from), radius(corner.to, width.to)),
      edge: max(0.001, min(edge, depth.from, depth.to, width.from, width.to, half)))
    rods.append(
      Rod(
        from: from, to: to, fromRadius: (width.from * width.from + depth.from * depth.from).squareRoot(),
        toRadius: (width.to * width.to + depth.to * depth.to).squareRoot(), flatAxis: square, flatness: 1, blend: blend,
        paint: paint, group: group, cut: false, panel: panel))
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
    rods.map { rod in
      if let panel = rod.panel { return panel.lowest(rod.from, rod.to) }
      return min(rod.from.y - rod.fromRadius, rod.to.y - (rod.cut ? 0.2 * rod.toRadius : rod.toRadius))
    }.min() ?? 0
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

extension Model.Panel {
  fileprivate func lowest(_ from: Vector, _ to: Vector) -> Double {
    let through = across.cross((to - from).normalized)
    func end(_ at: Vector, _ width: Double, _ depth: Double) -> Double {
      at.y - abs(across.y) * width - abs(through.y) * depth
    }
    return min(end(from, width.from, depth.from), end(to, width.to, depth.to))
  }
}

extension Model {
  /// Puts a copy of another model into this one. Nothing of it melts into what is there.
  ///
  /// - Returns: which of the rods are the copy's.
  @discardableResult
  mutating func add(_ other: Model, at: Vector, turned turn: Rotation = .identity, size: Double = 1) -> Range<Int> {
    let first = rods.count
    func moved(_ point: Vector) -> Vector { at + turn(point) * size }
    let frameOffset = frames.count
    frames += other.frames.map { Frame(origin: moved($0.origin), rotation: turn.after($0.rotation)) }
    let paintOffset = paints.count
    paints += other.paints.map { paint in
      var copy = paint.scaled(by: size)
      copy.frame += frameOffset
      return copy
    }
    let groupOffset = attachments.count
    attachments += other.attachments.map { _ in 0 }
    for rod in other.rods {
      var copy = rod
      (copy.from, copy.to) = (moved(rod.from), moved(rod.to))
      (copy.fromRadius, copy.toRadius) = (rod.fromRadius * size, rod.toRadius * size)
      copy.flatAxis = turn(rod.flatAxis)
      copy.blend *= size
      copy.paint += paintOffset
      copy.group += groupOffset
      copy.panel = rod.panel.map { panel in
        func scaled(_ ends: Panel.Ends) -> Panel.Ends { (ends.from * size, ends.to * size) }
        return Panel(
          across: turn(panel.across), width: scaled(panel.width), depth: scaled(panel.depth),
          corner: scaled(panel.corner), edge: panel.edge * size)
      }
      rods.append(copy)
    }
    return first..<rods.count
  }
}

extension Model.Rod {
  /// Points and radii that hold all of it.
  var outline: [(point: Vector, radius: Double)] {
    guard let panel else { return [(from, fromRadius), (to, toRadius)] }
    let through = panel.across.cross((to - from).normalized)
    var corners: [(Vector, Double)] = []
    for (end, width, depth) in [(from, panel.width.from, panel.depth.from), (to, panel.width.to, panel.depth.to)] {
      for u in [-width, width] {
        for w in [-depth, depth] { corners.append((end + panel.across * u + through * w, 0)) }
      }
    }
    return corners
  }
}
