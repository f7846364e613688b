extension PersonBody {
  mutating func addHead(_ random: inout RandomSource) {
    let s = size * figure.build.head
    let frame = model.frame(headCenter, headTurn)
    let skinColor = model.paints[cloths.skin].base
    let features = PersonFace(
      iris: figure.complexion.iris, brow: hairColor.lit(0.75),
      lips: skinColor.mixed(with: RGB(0.62, 0.20, 0.20), figure.build.bust > 0 ? 0.6 : 0.34).lit(0.92),
      stubble: figure.build.beard ? random.real(0, 0.5) : 0, smile: random.real(-0.2, 0.6),
      glasses: random.chance(0.16),
      size: 0.079 * s)
    let face = model.paint(
      Paint(skinColor, gloss: 0.25, grain: 0.02, soft: 0.006, frame: frame).patterned(.face(features)))
    let across = headTurn.z
    func rod(
      _ model: inout Model, _ a: Vector, _ b: Vector, _ ra: Double, _ rb: Double, _ paint: Int, flat: Double = 1,
      blend: Double = 0.025
    ) {
      model.rod(a, b, ra * s, rb * s, paint: paint, blend: blend * s, flat: across, by: flat)
    }
    let (skull, back) = (head(-0.010, 0.028), head(-0.022, 0.025))
    rod(&model, skull, back, 0.096, 0.096, face, flat: 0.83)
    let (cheek, jaw) = (head(0.022, -0.01), head(0.036, -0.082))
    rod(&model, cheek, jaw, 0.078, 0.046, face, flat: 0.88)
    let (hinge, chin) = (head(0.0, -0.055), head(0.060, -0.105))
    rod(&model, hinge, chin, 0.058, 0.026, face, flat: 0.95)
    let (bridge, tip) = (head(0.094, 0.008), head(0.110, -0.036))
    rod(&model, bridge, tip, 0.010, 0.017, face, blend: 0.012)
    for side in [-1.0, 1.0] {
      let ear = head(-0.008, -0.012, side * 0.080)
      let lobe = head(-0.002, -0.038, side * 0.076)
      rod(&model, ear, lobe, 0.027, 0.016, cloths.skin, flat: 0.45, blend: 0.008)
    }
    if figure.build.beard, random.chance(0.4) {
      let paint = model.paint(Paint(hairColor.lit(0.9), gloss: 0.15, grain: 0.14, soft: 0.004))
      let (a, b) = (head(0.03, -0.085), head(0.052, -0.12))
      rod(&model, a, b, 0.060, 0.04, paint, flat: 0.95, blend: 0.02)
    }
  }

  mutating func addSeat(_ random: inout RandomSource) {
    guard figure.pose.seated else { return }
    let color = random.pick(RGB(0x6B4A30), RGB(0x7A7874), RGB(0x9A8A6A), RGB(0x3A4A5A))
    let paint = model.paint(Paint(color, gloss: 0.1, grain: 0.12))
    let group = model.limb(attach: 0)
    let floor = model.lowest
    let top = -0.115 * size
    model.rod(
      Vector(-0.06 * size, top - 0.1 * size, 0), Vector(-0.06 * size, floor, 0), 0.19 * size, 0.23 * size, paint: paint,
      group: group, blend: 0, cut: true)
    model.ball(
      Vector(-0.06 * size, top - 0.02 * size, 0), 0.235 * size, paint: paint, group: group, blend: 0.02 * size,
      flat: Vector(0, 1, 0), by: 0.25)
  }

  mutating func addBag() {
    guard figure.outfit.bag != .none else { return }
    let s = size
    let paint = model.paint(
      Paint(figure.wardrobe.shoes.mixed(with: figure.wardrobe.trim, 0.3), gloss: 0.3, grain: 0.06))
    let group = model.limb(attach: 0)
    switch figure.outfit.bag {
    case .none:
      break
    case .backpack:
      model.rod(
        trunk(-0.17, 0.16), trunk(-0.165, 0.40), 0.125 * s, 0.115 * s, paint: paint, group: group, blend: 0.02,
        flat: trunkTurn.x, by: 0.75)
      model.rod(
        trunk(-0.25, 0.15), trunk(-0.25, 0.24), 0.075 * s, 0.07 * s, paint: paint, group: group, blend: 0.02,
        flat: trunkTurn.x, by: 0.6)
      for side in [-1.0, 1.0] {
        let g = figure.build.girth
        let strap = [
          trunk(-0.06, 0.53, side * 0.10), trunk(0.055, 0.515, side * 0.10), trunk(0.125 * g, 0.42, side * 0.10),
          trunk(0.125 * g, 0.30, side * 0.105), trunk(0.03, 0.18, side * 0.14 * g),
        ]
        for (a, b) in zip(strap, strap.dropFirst()) {
          model.rod(a, b, 0.018 * s, 0.018 * s, paint: paint, group: group, blend: 0.005)
        }
      }
    case .shoulder:
      let strap = [trunk(0.0, 0.55, -0.10), trunk(0.11, 0.40, -0.02), trunk(0.11, 0.2, 0.09), trunk(0.03, 0.03, 0.18)]
      for (a, b) in zip(strap, strap.dropFirst()) {
        model.rod(a, b, 0.014 * s, 0.014 * s, paint: paint, group: group, blend: 0.004)
      }
      model.rod(
        trunk(-0.05, -0.06, 0.20), trunk(0.08, -0.06, 0.20), 0.09 * s, 0.09 * s, paint: paint, group: group, blend: 0,
        by: 0.45)
    case .hand:
      guard let hand = hands.last else { return }
      let top = hand.at + hand.along * (0.05 * s)
      let drop = Vector(0, -1, 0) * s
      model.rod(top, top + drop * 0.10, 0.012 * s, 0.012 * s, paint: paint, group: group, blend: 0.003)
      model.rod(
        top + drop * 0.18 - Vector(0.08 * s, 0, 0), top + drop * 0.18 + Vector(0.08 * s, 0, 0), 0.09 * s, 0.09 * s,
        paint: paint, group: group, blend: 0, by: 0.5)
    }
  }
}
