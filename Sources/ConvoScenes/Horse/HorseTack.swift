/// What a horse wears.
enum HorseTack: Sendable, Hashable {
  case bare
  case halter(RGB)
  case saddle(leather: RGB, cloth: RGB)
  case rug(RGB)
}

extension HorseBody {
  mutating func addTack() {
    switch figure.tack {
    case .bare:
      break
    case .halter(let color):
      addHeadStraps(color)
    case .saddle(let leather, let cloth):
      addHeadStraps(leather)
      addSaddle(leather, cloth)
    case .rug(let color):
      addRug(color)
    }
  }

  private mutating func addHeadStraps(_ color: RGB) {
    let strap = model.paint(Paint(color, gloss: 0.4, grain: 0.02, soft: 0.003))
    let group = model.limb(attach: 0)
    let s = size * figure.build.head
    let turn = bend.after(.pitch(-(figure.pose.head - figure.pose.rise * 0.25)))
    func at(_ x: Double, _ y: Double, _ z: Double) -> Vector { poll + turn(Vector(x, y, z)) * s }
    for side in [-1.0, 1.0] {
      let ring: [(Double, Double, Double)] = [
        (0.34, -0.001, 0), (0.345, -0.02, 0.045), (0.35, -0.075, 0.062), (0.355, -0.145, 0.045), (0.355, -0.17, 0),
      ]
      for (a, b) in zip(ring, ring.dropFirst()) {
        model.rod(
          at(a.0, a.1, a.2 * side), at(b.0, b.1, b.2 * side), 0.011 * s, 0.011 * s, paint: strap, group: group,
          blend: 0.003)
      }
      let cheek: [(Double, Double, Double)] = [
        (0.35, -0.075, 0.062), (0.18, -0.075, 0.078), (0.02, -0.04, 0.092), (-0.06, 0.045, 0.03),
      ]
      for (a, b) in zip(cheek, cheek.dropFirst()) {
        model.rod(
          at(a.0, a.1, a.2 * side), at(b.0, b.1, b.2 * side), 0.011 * s, 0.011 * s, paint: strap, group: group,
          blend: 0.003)
      }
    }
  }

  private mutating func addSaddle(_ leather: RGB, _ cloth: RGB) {
    let seat = model.paint(Paint(leather, gloss: 0.7, grain: 0.04))
    let pad = model.paint(Paint(cloth, gloss: 0.05, grain: 0.06))
    let iron = model.paint(Paint(RGB(0x8C8E90), gloss: 0.9, grain: 0.02))
    let group = model.limb(attach: 0)
    let (s, g) = (size, figure.build.girth)
    model.rod(
      trunk(0.27, 1.475), trunk(-0.08, 1.455), 0.085 * s, 0.085 * s, paint: seat, group: group, blend: 0.04, by: 1.5)
    model.rod(
      trunk(-0.08, 1.47), trunk(-0.16, 1.52), 0.08 * s, 0.06 * s, paint: seat, group: group, blend: 0.05, by: 1.5)
    model.ball(trunk(0.28, 1.53), 0.055 * s, paint: seat, group: group, blend: 0.05)
    for side in [-1.0, 1.0] {
      let (high, low) = (side * 0.20 * g, side * 0.305 * g)
      // Cloth under flap, each a little farther out than what it covers.
      for x in [0.16, -0.06] {
        model.rod(
          trunk(x, 1.40, high), trunk(x, 1.14, low * 0.97), 0.15 * s, 0.15 * s, paint: pad, group: group, blend: 0.03,
          by: 0.34)
      }
      model.rod(
        trunk(0.08, 1.40, high * 1.08), trunk(0.14, 1.16, low * 1.03), 0.115 * s, 0.12 * s, paint: seat, group: group,
        blend: 0.004, by: 0.42)
      model.rod(
        trunk(0.11, 1.12, low * 1.16), trunk(0.11, 0.90, low * 1.16), 0.013 * s, 0.013 * s, paint: seat, group: group,
        blend: 0.003)
      model.rod(
        trunk(0.06, 0.86, low * 1.16), trunk(0.16, 0.86, low * 1.16), 0.022 * s, 0.022 * s, paint: iron, group: group,
        blend: 0.003)
    }
  }

  private mutating func addRug(_ color: RGB) {
    let cloth = model.paint(Paint(color, gloss: 0.05, grain: 0.08))
    let group = model.limb(attach: 0)
    let (s, g) = (size, figure.build.girth)
    model.rod(
      trunk(0.36, 1.20), trunk(-0.10, 1.19), 0.375 * s * g, 0.372 * s * g, paint: cloth, group: group, blend: 0.1,
      by: 0.86)
    model.rod(
      trunk(-0.10, 1.19), trunk(-0.58, 1.24), 0.372 * s * g, 0.31 * s * g, paint: cloth, group: group, blend: 0.1,
      by: 0.95)
    for side in [-1.0, 1.0] {
      model.rod(
        trunk(-0.44, 1.27, side * 0.16 * g), trunk(-0.62, 1.18, side * 0.16 * g), 0.19 * s * g, 0.19 * s * g,
        paint: cloth,
        group: group, blend: 0.1)
    }
    model.rod(
      trunk(0.36, 1.44), trunk(-0.60, 1.41), 0.13 * s, 0.13 * s, paint: cloth, group: group, blend: 0.1, by: 1.1)
  }
}
