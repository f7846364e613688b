/// A shoe under construction: the heel stands at x = −0.4, the toe points ahead.
struct ShoeFigure {
  let style: ShoeStyle
  private(set) var model = Model()
  private let main: Int
  private let trim: Int
  private let sole: Int
  private let dark: Int
  /// Half the width.
  private let wide: Double

  /// - Parameter skin: of the foot in it; nil for an empty shoe.
  init(_ style: ShoeStyle, _ colors: WareColors, skin: RGB?, _ random: inout RandomSource) {
    self.style = style
    let color = colors.main.varied(&random, 0.06)
    main = model.paint(Paint(color, gloss: colors.gloss + 0.1, grain: 0.05, soft: 0.01))
    trim = model.paint(Paint(colors.trim.varied(&random, 0.05), gloss: colors.gloss, grain: 0.04))
    let rubber =
      style.paleSole
      ? random.pick(RGB(0xEEEDE8), RGB(0xE2DCCB), RGB(0xD0D2D4))
      : random.pick(color.lit(0.5), RGB(0x3A2A1E), RGB(0xB08A5C))
    sole = model.paint(Paint(rubber.varied(&random, 0.04), gloss: 0.15, grain: 0.05))
    dark = model.paint(Paint(color.lit(0.25), gloss: 0, grain: 0.05))
    wide = random.real(0.165, 0.19)
    addSole()
    switch style.upper {
    case .closed: addClosed()
    case .pump: addPump()
    case .straps(let count): addStraps(count)
    case .thong: addThong()
    case .mule: addMule()
    }
    if let skin, style.upper != .closed { addFoot(skin) }
  }

  private mutating func addFoot(_ color: RGB) {
    let skin = model.paint(Paint(color, gloss: 0.2, grain: 0.03))
    let heel = floor(-0.4)
    model.rod(
      Vector(-0.28, heel + 0.36, 0), Vector(-0.38, heel + 0.12, 0), 0.13, 0.115, paint: skin, blend: 0.06)
    model.rod(
      Vector(-0.3, heel + 0.2, 0), Vector(0.16, floor(0.16) + 0.09, 0), 0.125, 0.1, paint: skin, blend: 0.06)
    model.rod(
      Vector(0.16, floor(0.16) + 0.075, 0), Vector(0.42, floor(0.42) + 0.045, 0), wide * 0.8, wide * 0.6, paint: skin,
      blend: 0.04, flat: Vector(0, 1, 0), by: 0.5)
  }

  /// The height of the foot's sole at a place along the shoe.
  private func floor(_ x: Double) -> Double {
    let rise = clamped((0.16 - x) / 0.46)
    return style.sole + style.heel * rise * rise * (3 - 2 * rise)
  }

  private mutating func addSole() {
    let s = style
    let (half, arch) = (s.sole / 2, clamped(1 - s.heel * 1.2, 0.55, 1))
    let stops: [(x: Double, wide: Double)] = [(-0.52, 0.14), (-0.24, 0.135 * arch), (0.14, wide), (0.54, wide * 0.8)]
    for (a, b) in zip(stops, stops.dropFirst()) {
      let (first, last) = (a.x == stops[0].x, b.x == stops[3].x)
      model.panel(
        Vector(a.x, floor(a.x) - half, 0), Vector(b.x + (last ? 0 : 0.03), floor(b.x) - half, 0),
        across: Vector(0, 0, 1), width: (a.wide, b.wide), depth: (half, half),
        corner: (first ? 0.13 : 0.01, last ? (s.toe < 0.09 ? 0.2 : 0.14) : 0.01), edge: 0.02, paint: sole, blend: 0.02)
    }
    guard s.heel > 0.01 else { return }
    switch s.heelKind {
    case .flat: break
    case .block:
      model.panel(
        Vector(-0.37, floor(-0.4) - half, 0), Vector(-0.39, 0, 0), width: (0.15, 0.12), depth: (0.13, 0.12),
        corner: (0.02, 0.02), edge: 0.02, paint: sole)
    case .thin:
      model.rod(
        Vector(-0.43, floor(-0.42) - 0.02, 0), Vector(-0.47, 0, 0), 0.085, 0.024,
        paint: s.upper == .closed ? sole : main,
        blend: 0.04, cut: true)
    case .wedge:
      model.panel(
        Vector(-0.5, s.heel / 2, 0), Vector(0.25, 0.03, 0), across: Vector(0, 0, 1), width: (0.13, wide * 0.9),
        depth: (s.heel / 2, 0.03), corner: (0.08, 0.02), edge: 0.03, paint: sole)
    }
  }

  private mutating func addClosed() {
    let s = style
    let heel = floor(-0.4)
    let mouth = heel + s.shaft
    let flat = Vector(0, 0, 1)
    addToes(from: 0.02)
    // Heel and middle of the foot.
    model.rod(
      Vector(-0.36, heel + 0.09, 0), Vector(-0.36, heel + 0.2, 0), 0.165, 0.15, paint: main, blend: 0.05, flat: flat,
      by: 0.85)
    model.rod(
      Vector(-0.3, heel + 0.13, 0), Vector(0.08, floor(0.08) + 0.15, 0), 0.16, 0.165, paint: main, blend: 0.06)
    // The instep, from the ankle down to the toes.
    let instep = Vector(-0.16, heel + min(s.shaft, 0.42) - 0.1, 0)
    model.rod(instep, Vector(0.2, floor(0.2) + 0.13, 0), 0.135, 0.13, paint: main, blend: 0.06, flat: flat, by: 0.95)
    let wider = s.shaft > 0.85 ? 0.23 : 0.19
    model.rod(
      Vector(-0.29, heel + 0.15, 0), Vector(s.shaft > 0.5 ? -0.25 : -0.28, mouth, 0), 0.175,
      s.shaft > 0.5 ? wider : 0.215,
      paint: main, blend: 0.06, flat: flat, by: s.shaft > 0.5 ? 0.82 : 0.66, cut: true)
    let ring = s.shaft > 0.5 ? wider : 0.215
    model.rod(
      Vector(-0.26, mouth - 0.06, 0), Vector(s.shaft > 0.5 ? -0.25 : -0.28, mouth + 0.008, 0), ring * 0.86, ring * 0.86,
      paint: dark, blend: 0, flat: flat, by: s.shaft > 0.5 ? 0.82 : 0.62, cut: true)
    if s.cuff {
      model.rod(
        Vector(-0.25, mouth - 0.13, 0), Vector(-0.25, mouth - 0.01, 0), wider + 0.035, wider + 0.04, paint: trim,
        blend: 0,
        flat: flat, by: 0.84, cut: true)
    }
    addLaces(from: Vector(-0.08, heel + min(s.shaft, 0.46) + 0.02, 0), to: Vector(0.24, floor(0.24) + 0.24, 0))
    addStripes(heel)
  }

  private mutating func addToes(from x: Double) {
    let s = style
    let tip = 0.53 - s.toe
    model.rod(
      Vector(x, floor(x) + 0.12, 0), Vector(0.24, floor(0.24) + 0.11, 0), 0.16, min(wide - 0.01, s.toe + 0.06),
      paint: main, blend: 0.05)
    model.rod(
      Vector(0.24, floor(0.24) + 0.11, 0), Vector(tip, floor(tip) + s.toe * 0.75, 0), min(wide - 0.01, s.toe + 0.06),
      s.toe,
      paint: main, blend: 0.05)
    if s.cap {
      model.rod(
        Vector(tip - 0.05, floor(tip) + s.toe * 0.72, 0), Vector(tip + 0.012, floor(tip) + s.toe * 0.7, 0),
        s.toe + 0.02, s.toe + 0.004, paint: trim, blend: 0)
    }
  }

  private mutating func addLaces(from: Vector, to: Vector) {
    guard style.laces > 0 else { return }
    for index in 0..<style.laces {
      let t = (Double(index) + 0.4) / Double(style.laces)
      let at = from.mixed(with: to, t)
      model.curve(
        [
          .init(at + Vector(-0.02, -0.05, -0.12), 0.02), .init(at, 0.02), .init(at + Vector(-0.02, -0.05, 0.12), 0.02),
        ], steps: 3, paint: trim, blend: 0)
    }
    // The tongue stands up behind them.
    model.rod(
      from + Vector(-0.05, -0.05, 0), from + Vector(-0.1, 0.06, 0), 0.1, 0.09, paint: trim, blend: 0.02,
      flat: Vector(1, 0.6, 0), by: 0.35)
  }

  private mutating func addStripes(_ heel: Double) {
    for index in 0..<style.stripes {
      let x = -0.1 + Double(index) * 0.11
      for side in [-1.0, 1.0] {
        if style.shaft > 0.6 {
          // The elastic of a boot.
          model.panel(
            Vector(-0.24, heel + 0.2, side * 0.14), Vector(-0.24, heel + style.shaft * 0.96, side * 0.14),
            width: (0.03, 0.1), depth: (0.025, 0.025), corner: (0.02, 0.01), paint: trim, blend: 0)
        } else {
          model.rod(
            Vector(x - 0.05, floor(x) + 0.26, side * 0.115), Vector(x + 0.05, floor(x) + 0.05, side * 0.158), 0.028,
            0.028, paint: trim, blend: 0)
        }
      }
    }
  }

  private mutating func addPump() {
    let s = style
    let heel = floor(-0.42)
    addToes(from: 0.22)
    model.rod(
      Vector(-0.41, heel + 0.06, 0), Vector(-0.45, heel + 0.24, 0), 0.125, 0.085, paint: main, blend: 0.03, cut: true)
    model.curve(
      [
        .init(Vector(-0.42, heel + 0.06, 0), 0.12), .init(Vector(-0.15, floor(-0.15) + 0.06, 0), 0.1),
        .init(Vector(0.22, floor(0.22) + 0.08, 0), 0.13),
      ], steps: 3, paint: main, blend: 0.03)
    // What one sees inside.
    model.curve(
      [
        .init(Vector(-0.4, heel + 0.14, 0), 0.085), .init(Vector(-0.15, floor(-0.15) + 0.11, 0), 0.08),
        .init(Vector(0.2, floor(0.2) + 0.15, 0), 0.09),
      ], steps: 3, paint: dark, blend: 0.01)
    if s.heel > 0.3 {
      model.ball(Vector(0.32, floor(0.32) + 0.19, 0), 0.04, paint: trim, blend: 0)
    }
  }

  /// A band over the foot, from edge to edge of the sole.
  private mutating func band(_ x: Double, high: Double, thick: Double, lean: Double = 0) {
    let y = floor(x)
    model.curve(
      [
        .init(Vector(x, y - 0.02, -wide * 0.92), thick),
        .init(Vector(x + lean * 0.6, y + high * 0.7, -wide * 0.8), thick),
        .init(Vector(x + lean, y + high, 0), thick), .init(Vector(x + lean * 0.6, y + high * 0.7, wide * 0.8), thick),
        .init(Vector(x, y - 0.02, wide * 0.92), thick),
      ], steps: 3, paint: main, blend: 0.01, flat: Vector(0, 1, 0), by: 0.8)
  }

  private mutating func addStraps(_ count: Int) {
    if count == 1 {
      for x in stride(from: 0.02, through: 0.26, by: 0.06) { band(x, high: 0.22 - (x - 0.02) * 0.2, thick: 0.05) }
      return
    }
    band(0.32, high: 0.14, thick: 0.045)
    band(0.2, high: 0.18, thick: 0.045)
    if count > 2 { band(0.02, high: 0.24, thick: 0.04, lean: -0.08) }
    // Around the heel.
    let heel = floor(-0.42)
    let ankle = heel + 0.3
    model.curve(
      [
        .init(Vector(-0.2, floor(-0.2), -0.14), 0.032), .init(Vector(-0.36, ankle - 0.04, -0.13), 0.032),
        .init(Vector(-0.5, ankle, 0), 0.036), .init(Vector(-0.36, ankle - 0.04, 0.13), 0.032),
        .init(Vector(-0.2, floor(-0.2), 0.14), 0.032),
      ], steps: 3, paint: main, blend: 0)
    band(-0.28, high: ankle - heel + 0.02, thick: 0.034, lean: 0.16)
  }

  private mutating func addThong() {
    let y = style.sole
    let post = Vector(0.26, y, 0.02)
    for side in [-1.0, 1.0] {
      model.curve(
        [
          .init(post, 0.03), .init(post + Vector(-0.03, 0.1, 0.03 * side), 0.035),
          .init(Vector(0.08, y + 0.15, side * wide * 0.7), 0.042),
          .init(Vector(-0.1, y - 0.01, side * wide * 0.86), 0.036),
        ], steps: 3, paint: main, blend: 0)
    }
  }

  private mutating func addMule() {
    addToes(from: -0.02)
    model.rod(
      Vector(-0.08, floor(-0.08) + 0.1, 0), Vector(0.16, floor(0.16) + 0.17, 0), 0.15, 0.16, paint: main, blend: 0.05)
    model.rod(
      Vector(-0.12, floor(-0.12) + 0.11, 0), Vector(-0.24, floor(-0.2) + 0.09, 0), 0.135, 0.12, paint: dark,
      blend: 0.01,
      cut: true)
    model.panel(
      Vector(-0.5, floor(-0.5) + 0.012, 0), Vector(-0.05, floor(-0.1) + 0.012, 0), across: Vector(0, 0, 1),
      width: (0.12, 0.14), depth: (0.02, 0.02), corner: (0.1, 0.02), paint: dark, blend: 0)
  }
}
