#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A shirt under construction, spread out as in a shop's picture: the hem at y = 0, the shoulders above.
struct ShirtFigure {
  let style: ShirtStyle
  private(set) var model = Model()
  private let main: Int
  private let trim: Int
  private let dark: Int
  private let button: Int
  private static let depth = 0.13

  init(_ style: ShirtStyle, _ colors: WareColors, _ random: inout RandomSource) {
    self.style = style
    let color = colors.main.varied(&random, 0.06)
    var cloth = Paint(color, gloss: 0.05, grain: 0.09, soft: 0.01)
    cloth.pattern = style.weave.pattern(
      colors.trim, scale: 3.2, blotch: 0.38, seed: Int32(truncatingIfNeeded: random.next() & 0xFFFF))
    main = model.paint(cloth)
    let edging = random.chance(0.4) ? colors.trim : color.lit(color.luminance > 0.35 ? 0.78 : 1.22)
    trim = model.paint(Paint(edging, gloss: 0.05, grain: 0.06))
    dark = model.paint(Paint(color.lit(0.3), gloss: 0, grain: 0.06))
    button = model.paint(Paint(colors.trim.lit(1.1), gloss: 0.5, grain: 0))
    addBody(&random)
    addSleeves(&random)
    addNeck()
    addFront()
  }

  private mutating func addBody(_ random: inout RandomSource) {
    let (s, d) = (style, Self.depth)
    let waist = (s.hem + s.shoulders) / 2 * random.real(0.93, 1)
    model.panel(
      Vector(0, 0, 0), Vector(0, s.long * 0.6, 0), width: (s.hem, waist), depth: (d * 0.9, d), corner: (0.05, 0.05),
      edge: 0.09, paint: main, blend: 0.1)
    model.panel(
      Vector(0, s.long * 0.34, 0), Vector(0, s.long - 0.08, 0), width: (waist, s.shoulders), depth: (d, d * 0.8),
      corner: (0.05, 0.3), edge: 0.09, paint: main, blend: 0.1)
    // The slope of the shoulders, up to the neck.
    model.panel(
      Vector(0, s.long - 0.36, 0), Vector(0, s.long, 0), width: (s.shoulders * 0.96, 0.3), depth: (d * 0.8, d * 0.7),
      corner: (0.05, 0.02), edge: 0.06, paint: main, blend: 0.1)
    // Folds.
    for _ in 0..<random.integer(2, 4) {
      let x = random.around(0, s.hem * 0.8)
      model.rod(
        Vector(x, random.real(0.05, 0.3), d * 0.86),
        Vector(x * 0.9 + random.around(0, 0.12), s.long * random.real(0.4, 0.75), d * 0.8), 0.07, 0.03, paint: main,
        blend: 0.2)
    }
    if s.ribbed {
      model.panel(
        Vector(0, -0.02, 0), Vector(0, 0.15, 0), width: (s.hem * 0.97, s.hem * 0.99), depth: (d * 0.96, d * 0.98),
        corner: (0.03, 0.01), edge: 0.06, paint: trim, blend: 0)
    }
  }

  private mutating func addSleeves(_ random: inout RandomSource) {
    let s = style
    for side in [-1.0, 1.0] {
      let angle = radians(s.spread + random.around(0, 3))
      let down = Vector(side * sin(angle), -cos(angle), 0)
      let start = Vector(side * (s.shoulders - s.armhole * 0.75), s.long - 0.12 - s.armhole, 0)
      let across = Vector(cos(angle), side * sin(angle), 0)
      let end = start + down * s.sleeve
      model.rod(
        start + Vector(0, 0.02, 0), start + down * 0.2, s.armhole, s.armhole, paint: main, blend: 0.08, by: 0.42)
      model.panel(
        start, end, across: across, width: (s.armhole, s.cuff), depth: (0.12, 0.1), corner: (0.1, 0.03), edge: 0.08,
        paint: main, blend: 0.06)
      if s.ribbed || s.front == .buttons {
        model.panel(
          start + down * (s.sleeve - 0.14), end + down * 0.01, across: across, width: (s.cuff * 1.03, s.cuff * 1.0),
          depth: (0.108, 0.104), corner: (0.02, 0.03), edge: 0.05, paint: s.ribbed ? trim : main, blend: 0)
      }
    }
  }

  /// A board on the front of the chest, at a height over the hem.
  private mutating func onFront(
    _ from: Vector, _ to: Vector, width: Model.Panel.Ends, thick: Double, corner: Double = 0.01, paint: Int
  ) {
    model.panel(
      from, to, width: width, depth: (thick, thick), corner: (corner, corner), edge: min(0.02, thick), paint: paint,
      blend: 0)
  }

  private mutating func addNeck() {
    let (s, top, z) = (style, style.long, Self.depth * 0.78)
    let width: Double
    let drop: Double
    switch s.neck {
    case .round: (width, drop) = (0.27, 0.17)
    case .wide: (width, drop) = (0.40, 0.12)
    case .vee: (width, drop) = (0.26, 0.48)
    case .collar: (width, drop) = (0.22, 0.22)
    case .high: (width, drop) = (0.25, 0)
    case .hood: (width, drop) = (0.26, 0.2)
    }
    if s.neck == .high {
      model.panel(
        Vector(0, top - 0.1, 0), Vector(0, top + 0.2, 0), width: (0.29, 0.25), depth: (0.12, 0.1), corner: (0.02, 0.05),
        edge: 0.06, paint: main, blend: 0.04)
      return
    }
    // The back of the neck, and the dark that one looks into.
    model.panel(
      Vector(0, top - 0.1, -0.05), Vector(0, top + 0.06, -0.05), width: (width, width * 0.95), depth: (0.04, 0.04),
      corner: (0.01, 0.05), edge: 0.02, paint: trim, blend: 0)
    onFront(
      Vector(0, top - drop, z * 0.4), Vector(0, top + 0.02, z * 0.4),
      width: (s.neck == .vee ? 0.01 : width * 0.5, width),
      thick: z * 0.75 + 0.012, corner: s.neck == .vee ? 0.005 : 0.12, paint: dark)
    switch s.neck {
    case .round, .wide, .vee:
      let bend = s.neck == .vee ? 0.5 : 0.78
      model.curve(
        [
          .init(Vector(-width, top + 0.02, z * 0.7), 0.035), .init(Vector(-width * bend, top - drop * 0.56, z), 0.035),
          .init(Vector(0, top - drop, z + 0.01), 0.035), .init(Vector(width * bend, top - drop * 0.56, z), 0.035),
          .init(Vector(width, top + 0.02, z * 0.7), 0.035),
        ], steps: 3, paint: trim, blend: 0)
    case .collar:
      for side in [-1.0, 1.0] {
        model.panel(
          Vector(side * 0.15, top - drop - 0.1, z + 0.04), Vector(side * 0.2, top + 0.07, z * 0.8),
          across: Vector(1, 0.35 * side, 0), width: (0.07, 0.12), depth: (0.025, 0.025), corner: (0.02, 0.04),
          edge: 0.015, paint: s.weave == .plain ? main : trim, blend: 0)
      }
    case .hood:
      for side in [-1.0, 1.0] {
        model.curve(
          [
            .init(Vector(side * 0.06, top - drop - 0.04, z + 0.02), 0.05),
            .init(Vector(side * 0.28, top - 0.02, z * 0.8), 0.09), .init(Vector(side * 0.2, top + 0.2, -0.04), 0.1),
            .init(Vector(0, top + 0.24, -0.08), 0.1),
          ], steps: 3, paint: main, blend: 0.04)
        model.rod(
          Vector(side * 0.08, top - drop, z + 0.06), Vector(side * 0.1, top - drop - 0.4, z + 0.05), 0.02, 0.02,
          paint: trim, blend: 0)
      }
    case .high:
      break
    }
  }

  private mutating func addFront() {
    let (s, z) = (style, Self.depth)
    let top = s.neck == .high ? s.long + 0.15 : s.long - 0.24
    switch s.front {
    case .closed:
      break
    case .buttons, .halfButtons:
      let low = s.front == .buttons ? 0.02 : s.long * 0.62
      onFront(Vector(0, low, z * 0.9), Vector(0, top, z * 0.84), width: (0.07, 0.07), thick: 0.03, paint: main)
      let count = s.front == .buttons ? 6 : 3
      for index in 0..<count {
        let y = low + (top - low) * (Double(index) + 0.5) / Double(count)
        model.ball(
          Vector(0, y, z + 0.01), 0.035, paint: button, blend: 0, flat: Vector(0, 0, 1), by: 0.5)
      }
    case .zip:
      onFront(Vector(0, 0.02, z * 0.92), Vector(0, top, z * 0.9), width: (0.03, 0.03), thick: 0.03, paint: trim)
    }
    guard s.pocket else { return }
    if s.neck == .hood {
      onFront(
        Vector(0, 0.2, z * 0.94), Vector(0, 0.66, z * 0.96), width: (0.52, 0.36), thick: 0.03, corner: 0.04, paint: main
      )
    } else {
      onFront(
        Vector(0.36, s.long * 0.56, z * 0.95), Vector(0.36, s.long * 0.72, z * 0.88), width: (0.17, 0.17), thick: 0.025,
        corner: 0.03, paint: main)
    }
  }
}
