extension HorseBody {
  mutating func addHead(_ random: inout RandomSource) {
    let s = size * figure.build.head
    let down = figure.pose.head - figure.pose.rise * 0.25
    let turn = bend.after(.pitch(-down))
    let center = poll
    let frame = model.frame(center, turn)
    var paint = HorseBody.hide(figure.coat, seed: seed)
    paint.soft = 0.03
    if blaze > 0 {
      let white = RGB(0.94, 0.92, 0.88)
      paint = Paint(figure.coat.body, gloss: 0.4, grain: 0.06, soft: 0.03, frame: frame)
        .patterned(.blaze(white, forehead: blaze, nose: blaze * random.real(0.3, 1.3)))
    }
    let face = model.paint(paint)
    let cheek = model.paint(HorseBody.hide(figure.coat, seed: seed))
    let soft = figure.coat.points.mixed(with: RGB(0.36, 0.30, 0.30), 0.35)
    let muzzle = model.paint(Paint(soft, gloss: 0.25, grain: 0.05, soft: 0.05))
    let dark = model.paint(Paint(RGB(0.05, 0.04, 0.04), gloss: 0.1, grain: 0, soft: 0.006))
    let eye = model.paint(Paint(RGB(0.07, 0.045, 0.03), gloss: 2.5, grain: 0, soft: 0.003))
    let lid = model.paint(Paint(figure.coat.body.lit(0.72), gloss: 0.3, grain: 0.03, soft: 0.012))
    let across = turn.z
    func at(_ x: Double, _ y: Double, _ z: Double = 0) -> Vector { center + turn(Vector(x, y, z)) * s }
    func rod(
      _ model: inout Model, _ a: Vector, _ b: Vector, _ ra: Double, _ rb: Double, _ paint: Int, _ flat: Double,
      _ blend: Double = 0.05
    ) {
      model.rod(a, b, ra * s, rb * s, paint: paint, blend: blend * s, flat: across, by: flat)
    }
    rod(&model, at(0.0, -0.045), at(0.19, -0.05), 0.103, 0.100, face, 0.78)
    rod(&model, at(0.19, -0.05), at(0.47, -0.082), 0.094, 0.062, face, 0.74)
    rod(&model, at(0.10, -0.135), at(0.20, -0.135), 0.092, 0.080, cheek, 0.66)
    rod(&model, at(0.20, -0.13), at(0.45, -0.13), 0.060, 0.038, cheek, 0.7)
    rod(&model, at(0.45, -0.088), at(0.535, -0.098), 0.068, 0.063, muzzle, 0.86, 0.04)
    rod(&model, at(0.46, -0.145), at(0.515, -0.150), 0.036, 0.032, muzzle, 1.0, 0.02)
    for side in [-1.0, 1.0] {
      rod(&model, at(0.12, 0.0, side * 0.066), at(0.20, -0.012, side * 0.070), 0.028, 0.024, lid, 0.9, 0.03)
      model.ball(at(0.168, -0.022, side * 0.077), 0.024 * s, paint: eye, blend: 0.004)
      rod(&model, at(0.548, -0.072, side * 0.036), at(0.556, -0.09, side * 0.044), 0.015, 0.012, dark, 1, 0.004)
      rod(&model, at(0.47, -0.128, side * 0.046), at(0.565, -0.128, side * 0.030), 0.008, 0.006, dark, 1, 0.004)
      addEar(at, side: side, face: cheek, inside: dark, s: s, turn: turn)
    }
  }

  private mutating func addEar(
    _ at: (Double, Double, Double) -> Vector, side: Double, face: Int, inside: Int, s: Double, turn: Rotation
  ) {
    let group = model.limb(attach: 0.03 * s)
    let (base, middle, top) = (
      at(-0.045, 0.015, side * 0.052), at(-0.055, 0.10, side * 0.072), at(-0.035, 0.185, side * 0.062)
    )
    model.rod(base, middle, 0.032 * s, 0.034 * s, paint: face, group: group, blend: 0.02 * s, flat: turn.x, by: 0.7)
    model.rod(middle, top, 0.034 * s, 0.008 * s, paint: face, group: group, blend: 0.02 * s, flat: turn.x, by: 0.7)
    let ahead = turn(Vector(0.017, 0, side * 0.006)) * s
    model.rod(
      middle.mixed(with: base, 0.3) + ahead, middle.mixed(with: top, 0.6) + ahead, 0.018 * s, 0.007 * s, paint: inside,
      group: group, blend: 0.004, flat: turn.x, by: 0.6)
  }
}
