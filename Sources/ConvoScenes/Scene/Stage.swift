#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the figure stands and from where it is seen.
struct Stage: Sendable {
  let view: Placement
  let horizon: Double
  /// The figure's outline on the picture.
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  init(_ model: Model, _ subject: SceneRecipe.Subject, _ random: inout RandomSource) {
    let side = Double(SceneComposer.side)
    let facing = Self.facing(subject, &random)
    let roll = random.around(0, 2.5)
    // A first look in metres tells how large the figure is from this side.
    let probe = Placement(x: 0, y: 0, scale: 1, facing: facing, tilt: 10, roll: roll)
    var (x0, x1, y0, y1) = (1e6, -1e6, 1e6, -1e6)
    for rod in model.rods {
      for (point, radius) in [(rod.from, rod.fromRadius), (rod.to, rod.toRadius)] {
        let p = probe.project(point)
        (x0, x1) = (min(x0, p.x - radius), max(x1, p.x + radius))
        (y0, y1) = (min(y0, p.y - radius), max(y1, p.y + radius))
      }
    }
    let extent = max(x1 - x0, y1 - y0, 0.1)
    let share = random.unit()
    let fill =
      share < 0.84 ? random.real(0.78, 1.08) : (share < 0.96 ? random.real(0.6, 0.78) : random.real(0.44, 0.6))
    let scale = side * fill / extent
    let (wide, high) = ((x1 - x0) * scale, (y1 - y0) * scale)
    let x = side / 2 - (x0 + x1) / 2 * scale + random.around(0, max(12, (side - wide) * 0.42))
    let slack = side - high
    // The lower edge of the outline: inside the picture if there is room, a little outside if there is not.
    let lower =
      slack > 16
      ? side - 6 - random.unit() * random.unit() * (slack - 10) : side + random.real(-slack * 0.2, -slack * 0.8 + 6)
    let y = lower - y1 * scale
    let eye = random.real(0.5, 2.2)
    horizon = clamped(y - eye * scale, 48, min(215, y - 26))
    let tilt = clamped(atan((y - horizon) / 430) * 180 / .pi, 5, 21)
    view = Placement(x: x, y: y, scale: scale, facing: facing, tilt: tilt, roll: roll)
    (left, right, top, bottom) = (x + x0 * scale, x + x1 * scale, y + y0 * scale, y + y1 * scale)
  }

  /// Metres in pixels for something whose foot is on this row.
  func metre(at y: Double) -> Double {
    view.scale * max(0.05, (y - horizon) / max(10, view.y - horizon))
  }

  private static func facing(_ subject: SceneRecipe.Subject, _ random: inout RandomSource) -> Double {
    switch subject {
    case .horse:
      // From the side as a rule, slanting often, from the front or behind seldom.
      let slant = random.chance(0.9) ? random.around(0, 48) : random.around(0, 85)
      return (random.chance(0.5) ? 0 : 180) + slant
    case .person:
      return random.chance(0.72) ? -90 + random.around(0, 75) : random.real(0, 360)
    }
  }
}
