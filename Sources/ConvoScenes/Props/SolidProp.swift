#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Things that stand about in both classes' pictures and are traced like the figures, so that the manner of drawing
/// gives nothing away. Some have four legs, some stand upright in clothes.
enum SolidProp: String, CaseIterable, Sendable {
  case dog, sawhorse, barrel, boulder, chair, cone, coatStand, hayBale, log

  func model(_ random: inout RandomSource) -> Model {
    var model = Model()
    switch self {
    case .dog: Self.dog(&model, &random)
    case .sawhorse: Self.sawhorse(&model, &random)
    case .barrel: Self.barrel(&model, &random)
    case .boulder: Self.boulder(&model, &random)
    case .chair: Self.chair(&model, &random)
    case .cone: Self.cone(&model, &random)
    case .coatStand: Self.coatStand(&model, &random)
    case .hayBale:
      let straw = model.paint(Paint(RGB(0xB99A55).varied(&random), gloss: 0.05, grain: 0.35))
      model.rod(Vector(0.05, 0.6, -0.5), Vector(0.05, 0.6, 0.55), 0.6, 0.6, paint: straw, blend: 0, cut: true)
    case .log:
      let bark = model.paint(Paint(RGB(0x5A4634).varied(&random), gloss: 0.05, grain: 0.4))
      model.rod(Vector(-0.9, 0.17, 0), Vector(0.9, 0.15, 0.1), 0.17, 0.14, paint: bark, cut: true)
      model.rod(Vector(0.2, 0.2, 0), Vector(0.45, 0.5, 0.1), 0.06, 0.035, paint: bark, blend: 0.05, cut: true)
    }
    model.raise(by: -model.lowest)
    return model
  }

  private static func dog(_ model: inout Model, _ random: inout RandomSource) {
    let color = random.pick(RGB(0x6B4A30), RGB(0x2A2624), RGB(0xC9A36A), RGB(0xE0D8CA), RGB(0x8A5A32)).varied(&random)
    let coat = model.paint(Paint(color, gloss: 0.15, grain: 0.14, soft: 0.02))
    let dark = model.paint(Paint(RGB(0.06, 0.05, 0.05), gloss: 0.8, grain: 0))
    let s = random.real(0.8, 1.15)
    func at(_ x: Double, _ y: Double, _ z: Double = 0) -> Vector { Vector(x, y, z) * s }
    model.rod(at(0.2, 0.46), at(-0.02, 0.47), 0.125 * s, 0.105 * s, paint: coat, blend: 0.08, by: 0.8)
    model.rod(at(-0.02, 0.47), at(-0.26, 0.48), 0.10 * s, 0.11 * s, paint: coat, blend: 0.08, by: 0.8)
    model.rod(at(0.26, 0.52), at(0.37, 0.68), 0.085 * s, 0.07 * s, paint: coat, blend: 0.06)
    model.rod(at(0.38, 0.71), at(0.44, 0.70), 0.08 * s, 0.065 * s, paint: coat, blend: 0.04)
    model.rod(at(0.46, 0.68), at(0.56, 0.66), 0.046 * s, 0.036 * s, paint: coat, blend: 0.03)
    model.ball(at(0.595, 0.675), 0.018 * s, paint: dark)
    for side in [-1.0, 1.0] {
      model.rod(
        at(0.36, 0.77, side * 0.05), at(0.33, 0.69, side * 0.085), 0.032 * s, 0.028 * s, paint: coat, blend: 0.01,
        by: 0.5)
      model.ball(at(0.47, 0.715, side * 0.04), 0.013 * s, paint: dark)
      for (x, swing) in [(0.2, random.around(0, 0.1)), (-0.27, random.around(0, 0.1))] {
        let leg = model.limb(attach: 0.05)
        let (hip, knee) = (at(x, 0.42, side * 0.07), at(x + swing * 0.4 + (x < 0 ? 0.05 : 0), 0.25, side * 0.07))
        let (hock, paw) = (at(x + swing - (x < 0 ? 0.05 : 0), 0.13, side * 0.07), at(x + swing, 0.03, side * 0.07))
        model.rod(hip, knee, 0.07 * s, 0.04 * s, paint: coat, group: leg)
        model.rod(knee, hock, 0.04 * s, 0.026 * s, paint: coat, group: leg, blend: 0.02)
        model.rod(hock, paw, 0.026 * s, 0.026 * s, paint: coat, group: leg, blend: 0.02)
        model.rod(paw, paw + at(0.04, 0), 0.027 * s, 0.024 * s, paint: coat, group: leg, blend: 0.02)
      }
    }
    model.curve(
      [.init(at(-0.34, 0.53), 0.03 * s), .init(at(-0.45, 0.6), 0.025 * s), .init(at(-0.5, 0.72), 0.012 * s)],
      paint: coat)
  }

  private static func sawhorse(_ model: inout Model, _ random: inout RandomSource) {
    let wood = model.paint(
      Paint(
        random.pick(RGB(0xB08A58), RGB(0x7A5A3A), RGB(0x9C9488), RGB(0x5A4030)).varied(&random), gloss: 0.08,
        grain: 0.25))
    let (long, tall) = (random.real(0.5, 0.75), random.real(0.75, 1.1))
    model.rod(Vector(-long, tall, 0), Vector(long, tall, 0), 0.07, 0.07, paint: wood, blend: 0, by: 0.7, cut: true)
    for end in [-0.8, 0.8] {
      for side in [-1.0, 1.0] {
        model.rod(
          Vector(end * long, tall, side * 0.04), Vector(end * long * 1.12, 0, side * 0.3), 0.045, 0.045, paint: wood,
          blend: 0,
          cut: true)
      }
      model.rod(
        Vector(end * long, tall * 0.45, -0.17), Vector(end * long, tall * 0.45, 0.17), 0.03, 0.03, paint: wood, blend: 0
      )
    }
  }

  private static func barrel(_ model: inout Model, _ random: inout RandomSource) {
    let color = random.pick(RGB(0x7A5434), RGB(0x2F5A7A), RGB(0x8A3A2A), RGB(0x5A5E5A)).varied(&random)
    let side = model.paint(Paint(color, gloss: 0.2, grain: 0.15))
    let hoop = model.paint(Paint(RGB(0x3A3836), gloss: 0.4, grain: 0.05))
    model.rod(Vector(0, 0.5, 0), Vector(0, 0.92, 0), 0.30, 0.255, paint: side, blend: 0.02, cut: true)
    model.rod(Vector(0, 0.5, 0), Vector(0, 0, 0), 0.30, 0.255, paint: side, blend: 0.02, cut: true)
    for y in [0.14, 0.36, 0.60, 0.82] {
      model.rod(Vector(0, y - 0.02, 0), Vector(0, y + 0.02, 0), 0.1, 0.1, paint: hoop, blend: 0)
      model.ball(Vector(0, y, 0), 0.305 - abs(y - 0.48) * 0.07, paint: hoop, blend: 0, flat: Vector(0, 1, 0), by: 0.15)
    }
  }

  private static func boulder(_ model: inout Model, _ random: inout RandomSource) {
    let stone = model.paint(Paint(RGB(0x7F7B74).varied(&random, 0.12), gloss: 0.06, grain: 0.4))
    for _ in 0..<random.integer(3, 6) {
      model.ball(
        Vector(random.around(0, 0.4), random.real(0.1, 0.3), random.around(0, 0.25)), random.real(0.2, 0.42),
        paint: stone,
        blend: 0.08, flat: Vector(random.around(0, 1), 1, random.around(0, 1)), by: random.real(0.6, 0.9))
    }
  }

  private static func chair(_ model: inout Model, _ random: inout RandomSource) {
    let wood = model.paint(
      Paint(
        random.pick(RGB(0x6A4428), RGB(0xC9C4BA), RGB(0x3A3A3C), RGB(0x8A3A32)).varied(&random), gloss: 0.3, grain: 0.12
      ))
    for x in [-0.2, 0.2] {
      for z in [-0.2, 0.2] {
        model.rod(
          Vector(x, x < 0 ? 0.95 : 0.46, z), Vector(x * 1.08, 0, z * 1.08), 0.022, 0.020, paint: wood, blend: 0,
          cut: true)
      }
      model.rod(Vector(x, 0.22, -0.2), Vector(x, 0.22, 0.2), 0.014, 0.014, paint: wood, blend: 0)
    }
    for z in [-0.12, 0, 0.12] {
      model.rod(
        Vector(-0.18, 0.46, z), Vector(0.2, 0.46, z), 0.10, 0.10, paint: wood, blend: 0, flat: Vector(0, 1, 0), by: 0.2)
    }
    for y in [0.62, 0.76, 0.9] {
      model.rod(
        Vector(-0.21, y, -0.19), Vector(-0.21, y, 0.19), 0.03, 0.03, paint: wood, blend: 0, flat: Vector(1, 0, 0),
        by: 0.4)
    }
  }

  private static func cone(_ model: inout Model, _ random: inout RandomSource) {
    let orange = model.paint(
      Paint(RGB(0xD8541E), gloss: 0.25, grain: 0.04).patterned(.hoops(RGB(0.92, 0.91, 0.88), period: 0.26)))
    model.rod(Vector(0, 0.62, 0), Vector(0, 0.03, 0), 0.03, 0.16, paint: orange, blend: 0, cut: true)
    model.rod(
      Vector(-0.08, 0.02, 0), Vector(0.08, 0.02, 0), 0.17, 0.17, paint: orange, blend: 0, flat: Vector(0, 1, 0),
      by: 0.15)
  }

  private static func coatStand(_ model: inout Model, _ random: inout RandomSource) {
    let wood = model.paint(Paint(RGB(0x4A3222), gloss: 0.3, grain: 0.1))
    let cloth = model.paint(
      Paint(
        random.pick(RGB(0x3A4250), RGB(0x6A4A34), RGB(0x7A7468), RGB(0x8A3A30)).varied(&random), gloss: 0.05,
        grain: 0.15))
    model.rod(Vector(0, 1.8, 0), Vector(0, 0.1, 0), 0.025, 0.03, paint: wood, blend: 0)
    for angle in [0.0, 2.1, 4.2] {
      let out = Vector(cos(angle), 0, sin(angle))
      model.rod(Vector(0, 0.16, 0), out * 0.3, 0.025, 0.022, paint: wood, blend: 0.02)
      model.rod(Vector(0, 1.68, 0), out * 0.17 + Vector(0, 1.78, 0), 0.015, 0.018, paint: wood, blend: 0.01)
    }
    let coat = model.limb(attach: 0)
    model.rod(Vector(0.05, 1.5, -0.15), Vector(0.05, 1.5, 0.15), 0.07, 0.07, paint: cloth, group: coat, blend: 0.06)
    model.rod(
      Vector(0.05, 1.45, 0), Vector(0.07, 0.72, 0.02), 0.15, 0.21, paint: cloth, group: coat, blend: 0.06,
      flat: Vector(1, 0, 0), by: 0.5, cut: true)
    for side in [-1.0, 1.0] {
      model.rod(
        Vector(0.05, 1.48, side * 0.19), Vector(0.07, 0.9, side * 0.25), 0.06, 0.05, paint: cloth, group: coat,
        blend: 0.03, cut: true)
    }
  }
}
