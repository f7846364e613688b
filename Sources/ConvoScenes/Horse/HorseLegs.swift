extension HorseBody {
  private struct Shades {
    var upper: Int
    var lower: Int
    var foot: Int
    var hoof: Int
  }

  mutating func addLegs(_ random: inout RandomSource) {
    let pose = figure.pose
    let points = model.paint(Paint(figure.coat.points, gloss: 0.3, grain: 0.06, soft: 0.03))
    let sock = model.paint(Paint(RGB(0.93, 0.90, 0.85), gloss: 0.25, grain: 0.06, soft: 0.02))
    let hoof = model.paint(Paint(figure.coat.hoof, gloss: 0.5, grain: 0.08, soft: 0.006))
    var faded = HorseBody.hide(figure.coat, seed: seed)
    faded = faded.fading(to: figure.coat.points, from: 0.35, to: 0.95)
    let fading = model.paint(faded)
    func shades(_ random: inout RandomSource) -> Shades {
      let high = random.chance(figure.coat.white * 0.5)
      let low = high || random.chance(figure.coat.white)
      return Shades(upper: fading, lower: high ? sock : points, foot: low ? sock : points, hoof: hoof)
    }
    addForeleg(pose.leftFore, side: -1, shades(&random))
    addForeleg(pose.rightFore, side: 1, shades(&random))
    addHindleg(pose.leftHind, side: -1, shades(&random))
    addHindleg(pose.rightHind, side: 1, shades(&random))
  }

  private mutating func addForeleg(_ leg: HorsePose.Leg, side: Double, _ shades: Shades) {
    let group = model.limb(attach: 0.09 * size)
    let (b, l) = (figure.build.bone, figure.build.leg)
    let tilt = figure.pose.rise * 0.35
    let shoulder = trunk(0.555, 1.10, side * 0.155 * figure.build.girth)
    let elbow = shoulder + Self.bone(leg.upper + tilt, 0.27 * size, out: -0.05 * side)
    let knee = elbow + Self.bone(leg.middle, 0.42 * size * l)
    let fetlock = knee + Self.bone(leg.cannon, 0.30 * size * l)
    let s = size
    // Shoulder blade and upper arm stay under the hide.
    model.rod(
      trunk(0.44, 1.42, side * 0.09), shoulder, 0.10 * s, 0.135 * s, paint: hide, group: group, blend: 0.06 * s, by: 0.8
    )
    model.rod(shoulder, elbow, 0.135 * s, 0.115 * s, paint: hide, group: group, blend: 0.06 * s, by: 0.8)
    // Forearm with its muscle, then knee, cannon with the tendon behind it.
    let muscle = elbow.mixed(with: knee, 0.42)
    model.rod(elbow, muscle, 0.112 * s, 0.085 * s * b, paint: hide, group: group, blend: 0.06 * s, by: 0.85)
    model.rod(muscle, knee, 0.082 * s * b, 0.054 * s * b, paint: shades.upper, group: group, blend: 0.04 * s)
    let along = (fetlock - knee).normalized
    model.rod(
      knee - along * (0.02 * s), knee + along * (0.035 * s), 0.059 * s * b, 0.054 * s * b, paint: shades.lower,
      group: group,
      blend: 0.03 * s)
    addLowerLeg(
      knee, fetlock, leg.pastern, group: group, shades, radius: 0.042 * b, feather: figure.build.feather, length: l)
  }

  private mutating func addHindleg(_ leg: HorsePose.Leg, side: Double, _ shades: Shades) {
    let group = model.limb(attach: 0.10 * size)
    let (b, l) = (figure.build.bone, figure.build.leg)
    let s = size
    let hip = trunk(-0.55, 1.23, side * 0.13 * figure.build.girth)
    let tilt = figure.pose.rise * 0.15
    let stifle = hip + Self.bone(leg.upper + tilt, 0.34 * s, out: 0.09 * side)
    let hock = stifle + Self.bone(leg.middle, 0.48 * s * l, out: -0.06 * side)
    let fetlock = hock + Self.bone(leg.cannon, 0.37 * s * l, out: -0.02 * side)
    let buttock = trunk(-0.72, 1.16, side * 0.10)
    model.rod(hip, stifle, 0.225 * s, 0.15 * s, paint: hide, group: group, blend: 0.08 * s, by: 0.68)
    let calf = stifle.mixed(with: hock, 0.38)
    model.rod(buttock, calf, 0.145 * s, 0.085 * s, paint: hide, group: group, blend: 0.09 * s, by: 0.72)
    model.rod(stifle, calf, 0.135 * s, 0.098 * s * b, paint: hide, group: group, blend: 0.07 * s, by: 0.8)
    model.rod(calf, hock, 0.096 * s * b, 0.056 * s * b, paint: shades.upper, group: group, blend: 0.05 * s, by: 0.85)
    // Point of the hock, with the big tendon running up to the calf.
    let back = (hock - stifle).normalized
    let down = (fetlock - hock).normalized
    let point = hock + back * (0.045 * s) - down * (0.055 * s)
    model.rod(
      calf + (point - hock) * 0.9, point, 0.032 * s, 0.028 * s * b, paint: shades.upper, group: group, blend: 0.05 * s)
    model.rod(
      point, hock + down * (0.06 * s), 0.032 * s * b, 0.052 * s * b, paint: shades.lower, group: group, blend: 0.045 * s
    )
    addLowerLeg(
      hock, fetlock, leg.pastern, group: group, shades, radius: 0.047 * b, feather: figure.build.feather, length: l)
  }

  /// From knee or hock down: cannon bone, fetlock, pastern, hoof.
  private mutating func addLowerLeg(
    _ top: Vector, _ fetlock: Vector, _ pastern: Double, group: Int, _ shades: Shades, radius: Double, feather: Double,
    length: Double
  ) {
    let s = size
    model.rod(
      top, fetlock, radius * 1.12 * s, radius * 0.95 * s, paint: shades.lower, group: group, blend: 0.04 * s, by: 0.85)
    let coronet = fetlock + Self.bone(pastern, 0.125 * s * length)
    model.rod(
      fetlock, fetlock + (coronet - fetlock) * 0.2, radius * 1.2 * s, radius * 1.1 * s, paint: shades.foot,
      group: group,
      blend: 0.03 * s)
    model.rod(
      fetlock, coronet, radius * 1.0 * s, radius * 1.15 * s, paint: shades.foot, group: group, blend: 0.03 * s, by: 0.95
    )
    let toe = coronet + Self.bone(pastern * 0.5 + 4, 0.075 * s)
    model.rod(
      coronet, toe, radius * 1.25 * s, radius * 1.62 * s, paint: shades.hoof, group: group, blend: 0.006 * s,
      cut: true)
    if feather > 0.2 {
      let behind = Self.bone(pastern - 90, radius * 0.5 * s)
      model.rod(
        fetlock + behind + Vector(0, 0.05 * s, 0), coronet + behind, radius * 0.9 * s,
        radius * (1.3 + feather * 0.7) * s,
        paint: shades.foot, group: group, blend: 0.04 * s)
    }
  }
}
