import Testing

@testable import ConvoScenes

@Suite struct SlabTests {
  /// In the drawing's own axes: pixels are metres, and only up and down change places.
  private let view = Placement(x: 0, y: 0, scale: 1, facing: 0, tilt: 0)

  private func distance(_ slab: Slab, _ x: Double, _ y: Double, _ z: Double) -> Double {
    Double(
      slab.nearest(
        Lanes(repeating: Float(x)), Lanes(repeating: Float(-y)), Lanes(repeating: Float(z))
      ).distance[3])
  }

  private func slab(width: Model.Panel.Ends, depth: Model.Panel.Ends, corner: Double, edge: Double) -> Slab {
    Slab(
      Model.Panel(across: Vector(1, 0, 0), width: width, depth: depth, corner: (corner, corner), edge: edge),
      from: Vector(0, -2, 0), to: Vector(0, 2, 0), view: view)
  }

  /// Of a box with sharp edges: |max(q, 0)| + min(max(q), 0) with q = |p| − half its sides.
  @Test func withoutRoundingItIsABox() {
    let slab = slab(width: (1.5, 1.5), depth: (0.5, 0.5), corner: 0, edge: 0)
    var random = RandomSource(seed: 1)
    for _ in 0..<500 {
      let p = Vector(random.around(0, 4), random.around(0, 4), random.around(0, 4))
      let q = Vector(abs(p.x) - 1.5, abs(p.y) - 2, abs(p.z) - 0.5)
      let outside = Vector(max(q.x, 0), max(q.y, 0), max(q.z, 0)).length
      let expected = outside + min(max(q.x, q.y, q.z), 0)
      #expect(abs(distance(slab, p.x, p.y, p.z) - expected) < 1e-5)
    }
  }

  @Test func cornersAndEdgesAreRounded() {
    let slab = slab(width: (1.5, 1.5), depth: (0.5, 0.5), corner: 0.6, edge: 0.3)
    // On the outline's corner, seen from the front: 0.6 away from the corner's centre.
    let diagonal = 0.6 / 2.0.squareRoot()
    #expect(abs(distance(slab, 0.9 + diagonal, 1.4 + diagonal, 0)) < 1e-5)
    #expect(distance(slab, 1.5, 2, 0) > 0.2)
    // On the edge of a side.
    let slant = 0.3 / 2.0.squareRoot()
    #expect(abs(distance(slab, 1.2 + slant, 0, 0.2 + slant)) < 1e-5)
    #expect(abs(distance(slab, 0, 0, 0.5)) < 1e-5 && abs(distance(slab, 0, 2, 0)) < 1e-5)
  }

  /// What tracing needs: no step by the distance ever goes through the surface.
  @Test func aTaperedOneNeverOversteps() {
    let slab = slab(width: (0.4, 1.8), depth: (0.8, 0.2), corner: 0.2, edge: 0.1)
    var random = RandomSource(seed: 2)
    func point() -> Vector { Vector(random.around(0, 3), random.around(0, 3), random.around(0, 2)) }
    for _ in 0..<4000 {
      let (p, q) = (point(), point())
      let change = abs(distance(slab, p.x, p.y, p.z) - distance(slab, q.x, q.y, q.z))
      #expect(change <= (p - q).length * 1.03 + 1e-5)
    }
    #expect(distance(slab, 0.35, -1.9, 0) < 0 && distance(slab, 0.5, -1.9, 0) > 0)
    #expect(distance(slab, 1.6, 1.8, 0) < 0)
  }
}

@Suite struct ModelTests {
  private func thing() -> Model {
    var model = Model()
    let paint = model.paint(Paint(RGB(1, 0, 0)).patterned(.hoops(RGB(0, 0, 0), period: 0.4)))
    model.rod(Vector(1, 0, 0), Vector(1, 2, 0), 0.2, 0.1, paint: paint)
    model.panel(Vector(0, 1, 0), Vector(0, 3, 0), width: (1, 0.5), depth: (0.2, 0.2), paint: paint)
    return model
  }

  @Test func aCopyIsMovedTurnedAndScaled() throws {
    var model = thing()
    let copy = model.add(thing(), at: Vector(10, 0, 5), turned: .yaw(90), size: 0.5)
    #expect(copy == 2..<4)
    // A yaw of 90 degrees takes x to −z.
    let rod = model.rods[2]
    #expect((rod.from - Vector(10, 0, 4.5)).length < 1e-9 && (rod.to - Vector(10, 1, 4.5)).length < 1e-9)
    #expect(rod.fromRadius == 0.1 && rod.paint == 1 && rod.group == 1)
    let panel = try #require(model.rods[3].panel)
    #expect((panel.across - Vector(0, 0, -1)).length < 1e-9 && panel.width == (0.5, 0.25))
    guard case .hoops(_, let period) = model.paints[1].pattern else {
      Issue.record("the pattern is gone")
      return
    }
    #expect(period == 0.2)
    #expect(model.paints[1].frame == 1 && (model.frames[1].origin - Vector(10, 0, 5)).length == 0)
  }

  @Test func theLowestPointCountsABoardsCorners() {
    var model = Model()
    let paint = model.paint(Paint(RGB(1, 1, 1)))
    model.panel(
      Vector(-1, 1, 0), Vector(1, 1, 0), across: Vector(0, 1, 0), width: (0.3, 0.7), depth: (2, 2), paint: paint)
    #expect(abs(model.lowest - 0.3) < 1e-12)
    model.raise(by: -model.lowest)
    #expect(abs(model.lowest) < 1e-12)
    let corners = model.rods[0].outline
    #expect(corners.count == 8 && corners.allSatisfy { $0.radius == 0 })
    #expect(corners.map(\.point.y).max() == 1.4)
  }
}
