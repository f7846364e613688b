/// Solids sorted by group, with room to gather those near a spot.
final class SolidIndex {
  let solids: [Solid]
  private let gathered: UnsafeMutablePointer<Solid>
  private let beam: UnsafeMutablePointer<Solid>
  /// Room for one answer from each gathered solid.
  let near: UnsafeMutablePointer<Near>

  init(_ model: Model, _ view: Placement) {
    solids =
      model.rods.enumerated()
      .sorted { ($0.element.group, $0.offset) < ($1.element.group, $1.offset) }
      .map { Solid($0.element, attach: model.attachments[$0.element.group], view: view) }
    gathered = .allocate(capacity: max(1, solids.count))
    beam = .allocate(capacity: max(1, solids.count))
    near = .allocate(capacity: max(1, solids.count))
    near.initialize(repeating: (0, 0), count: max(1, solids.count))
  }

  deinit {
    gathered.deallocate()
    beam.deallocate()
    near.deallocate()
  }

  /// Those that come within `margin` of the line of sight through a disc on the picture. Good until the next call.
  func gather(x: Float, y: Float, radius: Float, margin: Float) -> DistanceField {
    var count = 0
    for solid in solids {
      let reach = solid.bound + radius + margin + solid.blend * 0.5
      let (dx, dy) = (solid.cx - x, solid.cy - y)
      if dx * dx + dy * dy < reach * reach {
        // The ball is a loose fit for a long rod: look again at the rod itself, flattened onto the picture.
        let (ux, uy) = ((solid.cx - solid.ax) * 2, (solid.cy - solid.ay) * 2)
        let size = max(ux * ux + uy * uy, 1e-6)
        let t = max(0, min(1, ((x - solid.ax) * ux + (y - solid.ay) * uy) / size))
        let (ex, ey) = (x - solid.ax - t * ux, y - solid.ay - t * uy)
        let widest = max(solid.radius, solid.radius + solid.growth)
        let near = widest * max(1, 1 / (1 + solid.stretch)) + radius + margin + solid.blend * 0.5
        if ex * ex + ey * ey < near * near {
          (gathered + count).initialize(to: solid)
          count += 1
        }
      }
    }
    return DistanceField(solids: UnsafeBufferPointer(start: gathered, count: count))
  }

  /// Those that a beam of the given radius may touch on its way from a point towards the light. Good until the next
  /// call, and apart from the other list.
  func gather(from px: Float, _ py: Float, _ pz: Float, towards light: SIMD3<Float>, radius: Float) -> DistanceField {
    var count = 0
    for solid in solids {
      let (vx, vy, vz) = (solid.cx - px, solid.cy - py, solid.cz - pz)
      let along = vx * light.x + vy * light.y + vz * light.z
      // The beam widens with the way, as the half-shadow does.
      let reach = solid.bound + radius + max(0, along) * Tracer.penumbra
      if along > -reach, vx * vx + vy * vy + vz * vz - along * along < reach * reach {
        (beam + count).initialize(to: solid)
        count += 1
      }
    }
    return DistanceField(solids: UnsafeBufferPointer(start: beam, count: count))
  }
}
