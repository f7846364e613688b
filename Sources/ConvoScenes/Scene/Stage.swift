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

  typealias Outline = (left: Double, right: Double, top: Double, bottom: Double)

  init(view: Placement, horizon: Double, outline: Outline) {
    self.view = view
    self.horizon = horizon
    (left, right, top, bottom) = outline
  }

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
    let closeUp = share > 0.88
    let fill = closeUp ? Self.closeUp(subject, &random) : Self.fill(share / 0.88, &random)
    let scale = side * fill / extent
    let (wide, high) = ((x1 - x0) * scale, (y1 - y0) * scale)
    var x = side / 2 - (x0 + x1) / 2 * scale + random.around(0, max(12, (side - wide) * 0.36))
    // Of a horse too long for the picture, the head's end stays in it.
    if closeUp, wide > side {
      x -= probe.direction(Vector(1, 0, 0)).x * (wide - side) * 0.42
    }
    let slack = side - high
    let lower: Double
    if slack > 16 {
      lower = side - 6 - random.unit() * random.unit() * (slack - 10)
    } else if closeUp {
      lower = random.real(6, 40) + high
    } else {
      lower = side + random.real(-slack * 0.2, -slack * 0.8 + 6)
    }
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

  /// The share of the picture that a whole figure takes up: large as a rule, small in the distance now and then.
  private static func fill(_ share: Double, _ random: inout RandomSource) -> Double {
    if share < 0.9 { return random.real(0.84, 1.08) }
    return share < 0.97 ? random.real(0.66, 0.84) : random.real(0.46, 0.66)
  }

  /// The same for a figure that the frame cuts off.
  private static func closeUp(_ subject: SceneRecipe.Subject, _ random: inout RandomSource) -> Double {
    switch subject {
    case .horse: random.real(1.08, 1.32)
    case .person: random.real(1.1, 1.55)
    }
  }

  private static func facing(_ subject: SceneRecipe.Subject, _ random: inout RandomSource) -> Double {
    switch subject {
    case .horse:
      // From the side as a rule, slanting often, from the front or behind seldom.
      let slant = random.chance(0.92) ? random.around(0, 42) : random.around(0, 85)
      return (random.chance(0.5) ? 0 : 180) + slant
    case .person:
      return random.chance(0.72) ? -90 + random.around(0, 75) : random.real(0, 360)
    }
  }
}
