/// A bag under construction.
struct BagFigure {
  let style: BagStyle
  private(set) var model = Model()
  private let main: Int
  private let trim: Int
  private let metal: Int
  private let dark: Int

  init(_ style: BagStyle, _ colors: WareColors, _ random: inout RandomSource) {
    self.style = style
    let color = colors.main.varied(&random, 0.06)
    var cloth = Paint(color, gloss: colors.gloss, grain: 0.07)
    cloth.pattern = style.weave.pattern(
      colors.trim, scale: 2.4, seed: Int32(truncatingIfNeeded: random.next() & 0xFFFF))
    main = model.paint(cloth)
    let edging = random.chance(0.55) ? colors.trim : color.lit(color.luminance > 0.35 ? 0.68 : 1.25)
    trim = model.paint(Paint(edging.varied(&random, 0.04), gloss: colors.gloss, grain: 0.04))
    metal = model.paint(Paint(colors.metal, gloss: 0.9, grain: 0))
    dark = model.paint(Paint(color.lit(0.22), gloss: 0, grain: 0.05))
    addBody()
    addFront(&random)
    addHandle(&random)
  }

  private mutating func addBody() {
    let s = style
    switch s.body {
    case .boxed:
      model.panel(
        Vector(0, 0, 0), Vector(0, s.tall, 0), width: (s.low, s.top), depth: (s.deep, s.mouth),
        corner: (s.lowCorner, s.topCorner), edge: 0.05, paint: main)
      if s.open {
        model.panel(
          Vector(0, s.tall - 0.02, 0), Vector(0, s.tall + 0.006, 0), width: (s.top * 0.95, s.top * 0.95),
          depth: (s.mouth * 0.8, s.mouth * 0.8), corner: (0.01, 0.01), edge: 0.005, paint: dark)
      }
    case .bucket:
      let depth = Vector(0, 0, 1)
      model.rod(
        Vector(0, s.tall * 0.3, 0), Vector(0, s.tall, 0), s.low + (s.top - s.low) * 0.3, s.top, paint: main,
        flat: depth, by: s.deep / s.low, cut: true)
      model.rod(
        Vector(0, s.tall * 0.35, 0), Vector(0, 0, 0), s.low + (s.top - s.low) * 0.35, s.low, paint: main,
        flat: depth, by: s.deep / s.low, cut: true)
      model.rod(
        Vector(0, s.tall - 0.05, 0), Vector(0, s.tall + 0.008, 0), s.top * 0.92, s.top * 0.92, paint: dark, blend: 0,
        flat: depth, by: s.deep / s.low, cut: true)
    case .slouch:
      let depth = s.deep / (s.tall * 0.5)
      model.curve(
        [
          .init(Vector(-s.low, s.tall, 0), 0.06), .init(Vector(-s.low * 0.6, s.tall * 0.62, 0), s.tall * 0.40),
          .init(Vector(0, s.tall * 0.5, 0), s.tall * 0.5), .init(Vector(s.low * 0.6, s.tall * 0.62, 0), s.tall * 0.40),
          .init(Vector(s.low, s.tall, 0), 0.06),
        ], steps: 3, paint: main, blend: 0.1, by: depth)
      model.curve(
        [
          .init(Vector(-s.low * 0.9, s.tall, s.deep * 0.3), 0.022),
          .init(Vector(0, s.tall * 0.84, s.deep * 0.95), 0.022),
          .init(Vector(s.low * 0.9, s.tall, s.deep * 0.3), 0.022),
        ], steps: 4, paint: trim, blend: 0)
    }
  }

  /// Half the depth at a height.
  private func depth(at y: Double) -> Double { style.deep + (style.mouth - style.deep) * clamped(y / style.tall) }
  private func width(at y: Double) -> Double { style.low + (style.top - style.low) * clamped(y / style.tall) }

  /// A board that lies on the front between two heights.
  private mutating func onFront(
    _ low: Double, _ high: Double, share: Double, thick: Double, corner: (from: Double, to: Double), paint: Int
  ) {
    model.panel(
      Vector(0, low, depth(at: low)), Vector(0, high, depth(at: high)),
      width: (width(at: low) * share, width(at: high) * share), depth: (thick, thick), corner: corner, edge: 0.015,
      paint: paint, blend: 0)
  }

  private mutating func addFront(_ random: inout RandomSource) {
    let s = style
    guard s.body == .boxed else { return }
    if s.flap > 0 {
      let hem = s.tall * (1 - s.flap)
      onFront(
        hem, s.tall + 0.02, share: 1.0, thick: 0.035, corner: (random.real(0.05, 0.3), 0.05),
        paint: random.chance(0.6) ? main : trim)
    }
    if s.pocket {
      onFront(s.tall * 0.1, s.tall * 0.5, share: 0.68, thick: 0.05, corner: (0.1, 0.06), paint: main)
      onFront(s.tall * 0.46, s.tall * 0.53, share: 0.7, thick: 0.065, corner: (0.01, 0.01), paint: trim)
    }
    if s.clasp {
      let y = s.flap > 0 ? s.tall * (1 - s.flap) + 0.06 : s.tall * 0.9
      model.panel(
        Vector(0, y - 0.05, depth(at: y) + 0.04), Vector(0, y + 0.06, depth(at: y) + 0.04), width: (0.06, 0.06),
        depth: (0.02, 0.02), corner: (0.02, 0.02), edge: 0.01, paint: metal, blend: 0)
    }
    if !s.open, s.flap == 0 {
      // The zip or the frame along the top.
      model.panel(
        Vector(0, s.tall - 0.035, 0), Vector(0, s.tall + 0.015, 0), width: (s.top * 0.98, s.top * 0.94),
        depth: (s.mouth * 0.4 + 0.02, s.mouth * 0.4 + 0.02), corner: (0.01, 0.01), edge: 0.01, paint: trim, blend: 0)
    } else if s.open, random.chance(0.6) {
      onFront(s.tall * 0.93, s.tall, share: 1.005, thick: 0.012, corner: (0.01, 0.01), paint: trim)
    }
  }

  private mutating func addHandle(_ random: inout RandomSource) {
    let s = style
    let thick = random.real(0.024, 0.038)
    switch s.handle {
    case .none:
      break
    case .twin(let height):
      let x = s.top * random.real(0.42, 0.58)
      for side in [-1.0, 1.0] {
        let lean = side * random.real(0.02, 0.1)
        let z = side * (s.mouth + 0.01)
        let foot = s.tall * 0.86
        arch(
          from: Vector(-x, foot, side * (depth(at: foot) + 0.015)),
          to: Vector(x, foot, side * (depth(at: foot) + 0.015)),
          top: Vector(0, s.tall + height, z + lean), thick: thick)
      }
    case .grip(let height):
      let x = s.top * 0.34
      arch(
        from: Vector(-x, s.tall, 0), to: Vector(x, s.tall, 0), top: Vector(0, s.tall + height, 0), thick: thick + 0.015)
    case .strap(let height):
      let x = (s.body == .slouch ? s.low : s.top) * 0.96
      let y = s.body == .slouch ? s.tall : s.tall * 0.94
      arch(from: Vector(-x, y, 0), to: Vector(x, y, 0), top: Vector(0, s.tall + height, 0), thick: thick)
      for side in [-1.0, 1.0] { model.ball(Vector(side * x, y, 0), 0.055, paint: metal, blend: 0) }
    case .chain(let height):
      let x = s.top * 0.92
      let y = s.body == .slouch ? s.tall * 0.98 : s.tall * 0.95
      let links = 26
      for link in 0...links {
        let t = Double(link) / Double(links) * 2 - 1
        let rise = (1 - t * t) * height
        model.ball(
          Vector(x * t * (1 + 0.1 * (1 - t * t)), y + rise, 0), 0.042, paint: metal, blend: 0,
          flat: link % 2 == 0 ? Vector(0, 0, 1) : Vector(1, 0, 0), by: 0.5)
      }
    }
  }

  private mutating func arch(from: Vector, to: Vector, top: Vector, thick: Double) {
    let side = Vector((to.x - from.x) * 0.36, 0, 0)
    let shoulder = (top.y - from.y) * 0.72
    model.curve(
      [
        .init(from, thick), .init(from.mixed(with: top - side, 0.5) + Vector(-0.02, shoulder * 0.22, 0), thick),
        .init(top - side * 0.55 - Vector(0, (top.y - from.y) * 0.06, 0), thick),
        .init(top + side * 0.55 - Vector(0, (top.y - from.y) * 0.06, 0), thick),
        .init(to.mixed(with: top + side, 0.5) + Vector(0.02, shoulder * 0.22, 0), thick), .init(to, thick),
      ], steps: 3, paint: trim, blend: 0.01)
  }
}
