#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Things that lie about beside the goods of all three classes alike, in units of 25 cm.
enum SmallProp: CaseIterable, Sendable {
  case books, carton, bottle, mug, ball, plant, cushion, lamp, basket

  func model(_ random: inout RandomSource) -> Model {
    var model = Model()
    func color(_ random: inout RandomSource) -> RGB {
      RGB(random.real(0.1, 0.9), random.real(0.1, 0.85), random.real(0.1, 0.8)).saturated(0.6)
    }
    switch self {
    case .books:
      var y = 0.0
      for _ in 0..<random.integer(1, 4) {
        let cover = model.paint(Paint(color(&random), gloss: 0.3, grain: 0.04))
        let pages = model.paint(Paint(RGB(0.9, 0.87, 0.8), gloss: 0.05, grain: 0.1))
        let (thick, turn) = (random.real(0.05, 0.12), random.around(0, 0.3))
        let across = Vector(cos(turn), 0, sin(turn))
        let (w, d) = (random.real(0.36, 0.5), random.real(0.26, 0.34))
        model.panel(
          Vector(0, y, 0), Vector(0, y + thick * 2, 0), across: across, width: (w, w), depth: (d, d), edge: 0.01,
          paint: cover, blend: 0)
        model.panel(
          Vector(0.03, y + 0.02, 0.012), Vector(0.03, y + thick * 2 - 0.02, 0.012), across: across, width: (w, w),
          depth: (d, d), edge: 0.005, paint: pages, blend: 0)
        y += thick * 2
      }
    case .carton:
      let card = model.paint(Paint(RGB(0xB58E5E).varied(&random, 0.1), gloss: 0.05, grain: 0.12))
      let tape = model.paint(Paint(RGB(0xD0B890), gloss: 0.3, grain: 0.02))
      let (w, h, d) = (random.real(0.4, 0.8), random.real(0.35, 0.8), random.real(0.35, 0.6))
      model.panel(Vector(0, 0, 0), Vector(0, h, 0), width: (w, w), depth: (d, d), edge: 0.015, paint: card, blend: 0)
      model.panel(
        Vector(0, h * 0.7, 0), Vector(0, h + 0.006, 0), width: (0.07, 0.07), depth: (d + 0.006, d + 0.006), edge: 0.01,
        paint: tape, blend: 0)
    case .bottle:
      let glass = model.paint(
        Paint(
          random.pick(RGB(0x2E5A38), RGB(0x6A3A1E), RGB(0x9AB8C0), RGB(0xD8DCDC)).varied(&random), gloss: 1, grain: 0))
      let label = model.paint(Paint(color(&random).lit(1.2), gloss: 0.2, grain: 0.05))
      model.rod(Vector(0, 0.7, 0), Vector(0, 0, 0), 0.15, 0.15, paint: glass, blend: 0.04, cut: true)
      model.rod(Vector(0, 0.7, 0), Vector(0, 1.1, 0), 0.1, 0.055, paint: glass, blend: 0.12, cut: true)
      model.rod(Vector(0, 0.5, 0), Vector(0, 0.25, 0), 0.154, 0.154, paint: label, blend: 0, cut: true)
    case .mug:
      let clay = model.paint(Paint(color(&random).lit(1.15), gloss: 0.7, grain: 0.02))
      let drink = model.paint(Paint(RGB(0x3A2214), gloss: 0.5, grain: 0))
      model.rod(Vector(0, 0.1, 0), Vector(0, 0.4, 0), 0.16, 0.17, paint: clay, blend: 0, cut: true)
      model.rod(Vector(0, 0.3, 0), Vector(0, 0.405, 0), 0.14, 0.14, paint: drink, blend: 0, cut: true)
      model.curve(
        [
          .init(Vector(0.15, 0.32, 0), 0.03), .init(Vector(0.3, 0.28, 0), 0.03), .init(Vector(0.27, 0.13, 0), 0.03),
          .init(Vector(0.14, 0.1, 0), 0.03),
        ], paint: clay)
    case .ball:
      var skin = Paint(color(&random), gloss: 0.5, grain: 0.05)
      let second = color(&random).lit(1.2)
      skin.pattern = random.chance(0.5) ? .hoops(second, period: 0.2) : .patches(second, size: 0.2, share: 0.4, seed: 5)
      let paint = model.paint(skin)
      let radius = random.real(0.2, 0.45)
      model.ball(Vector(0, radius, 0), radius, paint: paint)
    case .plant:
      let pot = model.paint(Paint(RGB(0xA85A38).varied(&random, 0.12), gloss: 0.1, grain: 0.1))
      let leaf = model.paint(Paint(RGB(0x4A7A3A).varied(&random, 0.08), gloss: 0.25, grain: 0.1))
      model.rod(Vector(0, 0.1, 0), Vector(0, 0.42, 0), 0.19, 0.26, paint: pot, blend: 0, cut: true)
      for index in 0..<random.integer(7, 12) {
        let angle = Double(index) * 2.4
        let (out, up) = (random.real(0.25, 0.6), random.real(0.35, 0.9))
        let tip = Vector(cos(angle) * out, 0.42 + up, sin(angle) * out)
        model.curve(
          [
            .init(Vector(0, 0.4, 0), 0.02), .init(Vector(tip.x * 0.4, 0.42 + up * 0.7, tip.z * 0.4), 0.05),
            .init(tip, 0.015),
          ], paint: leaf, flat: Vector(0, 1, 0), by: 0.6)
      }
    case .cushion:
      var cloth = Paint(color(&random), gloss: 0.05, grain: 0.12)
      if random.chance(0.4) { cloth.pattern = .checks(color(&random), period: 0.2) }
      let paint = model.paint(cloth)
      model.panel(
        Vector(0, 0, 0), Vector(0, 0.3, 0), width: (0.6, 0.6), depth: (0.6, 0.6), corner: (0.2, 0.2), edge: 0.15,
        paint: paint)
    case .lamp:
      let foot = model.paint(Paint(color(&random), gloss: 0.6, grain: 0.03))
      let shade = model.paint(Paint(RGB(0.95, 0.88, 0.7), gloss: 0.05, grain: 0.06))
      model.rod(Vector(0, 0.3, 0), Vector(0, 0, 0), 0.1, 0.2, paint: foot, blend: 0.1, cut: true)
      model.rod(Vector(0, 0.2, 0), Vector(0, 1.0, 0), 0.04, 0.03, paint: foot, blend: 0.1)
      model.rod(Vector(0, 1.35, 0), Vector(0, 0.85, 0), 0.2, 0.42, paint: shade, blend: 0, cut: true)
    case .basket:
      var wicker = Paint(RGB(0xA8824E).varied(&random, 0.08), gloss: 0.1, grain: 0.35)
      wicker.pattern = .hoops(RGB(0x7A5A34), period: 0.09)
      let paint = model.paint(wicker)
      let inside = model.paint(Paint(RGB(0x2E2216), gloss: 0, grain: 0.1))
      model.rod(Vector(0, 0.2, 0), Vector(0, 0.6, 0), 0.42, 0.52, paint: paint, blend: 0, cut: true)
      model.rod(Vector(0, 0.5, 0), Vector(0, 0.606, 0), 0.46, 0.46, paint: inside, blend: 0, cut: true)
    }
    model.raise(by: -model.lowest)
    return model
  }
}
