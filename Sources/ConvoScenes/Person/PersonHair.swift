extension PersonBody {
  mutating func addHair(_ random: inout RandomSource) {
    guard figure.hair.cut != .bald else { return }
    let s = size * figure.build.head
    let seed = Int32(truncatingIfNeeded: figure.seed & 0xFFF)
    let paint = model.paint(
      Paint(hairColor, gloss: 0.35, grain: 0.10, soft: 0.004)
        .patterned(.strands(hairColor.lit(hairColor.luminance < 0.25 ? 1.1 : 0.75), count: 90, seed: seed)))
    let group = model.limb(attach: 0)
    // How far the hair stands off the skull, and the locks that hang from it.
    var cap: Double?
    var locks: [(points: [Vector], from: Double, to: Double)] = []
    switch figure.hair.cut {
    case .bald: break
    case .cropped: cap = 0.003
    case .short: cap = 0.011
    case .parted:
      cap = 0.009
      locks.append(([head(0.03, 0.105, 0.03), head(0.045, 0.085, -0.055)], 0.035, 0.03))
    case .bob:
      cap = 0.013
      for side in [-1.0, 1.0] {
        locks.append(
          (
            [head(-0.015, 0.04, side * 0.07), head(-0.005, -0.04, side * 0.085), head(0.0, -0.10, side * 0.075)], 0.04,
            0.03
          ))
      }
      locks.append(([head(-0.07, 0.0), head(-0.07, -0.09)], 0.075, 0.06))
    case .long:
      cap = 0.012
      for side in [-1.0, 1.0] {
        locks.append(
          (
            [
              head(-0.02, 0.04, side * 0.07), head(-0.02, -0.05, side * 0.085), trunk(-0.03, 0.50, side * 0.085),
              trunk(-0.05, 0.38, side * 0.09),
            ], 0.04, 0.025
          ))
      }
      locks.append(([head(-0.07, 0.0), head(-0.09, -0.10), trunk(-0.11, 0.47), trunk(-0.13, 0.34)], 0.08, 0.045))
    case .ponytail:
      cap = 0.008
      locks.append(([head(-0.12, 0.06), head(-0.17, 0.04), head(-0.19, -0.05), head(-0.18, -0.15)], 0.035, 0.018))
    case .bun:
      cap = 0.008
      locks.append(([head(-0.10, 0.095), head(-0.115, 0.105)], 0.05, 0.05))
    case .round:
      let middle = head(-0.025, 0.055)
      model.ball(middle, random.real(0.13, 0.155) * s, paint: paint, group: group, blend: 0.02)
    case .braids:
      cap = 0.008
      for side in [-1.0, 1.0] {
        locks.append(
          (
            [
              head(-0.03, -0.03, side * 0.085), head(0.0, -0.13, side * 0.095), trunk(0.06, 0.42, side * 0.08),
              trunk(0.08, 0.30, side * 0.07),
            ],
            0.026, 0.018
          ))
      }
    case .curls:
      cap = 0.012
      for _ in 0..<16 {
        let (a, b) = (random.real(-0.11, 0.05), random.around(0, 0.085))
        let high = (0.0125 - a * a * 0.45 - b * b * 0.6).magnitude.squareRoot()
        model.ball(
          head(a, 0.02 + high * 0.95, b), random.real(0.024, 0.036) * s, paint: paint, group: group, blend: 0.012)
      }
    }
    if let cap {
      let (top, back) = (head(-0.022, 0.050), head(-0.040, 0.0))
      model.rod(
        top, back, (0.094 + cap) * s, (0.088 + cap) * s, paint: paint, group: group, blend: 0.02 * s, flat: headTurn.z,
        by: 0.86)
    }
    for lock in locks {
      let steps = Double(max(1, lock.points.count - 1))
      for (index, pair) in zip(lock.points, lock.points.dropFirst()).enumerated() {
        let (a, b) = (Double(index) / steps, Double(index + 1) / steps)
        model.rod(
          pair.0, pair.1, (lock.from + (lock.to - lock.from) * a) * s, (lock.from + (lock.to - lock.from) * b) * s,
          paint: paint, group: group, blend: 0.03 * s)
      }
    }
  }

  mutating func addHat() {
    guard figure.outfit.hat != .none else { return }
    let s = size * figure.build.head
    let color = figure.wardrobe.trim.mixed(with: figure.wardrobe.bottom, 0.55)
    let paint = model.paint(Paint(color, gloss: figure.outfit.hat == .helmet ? 0.9 : 0.08, grain: 0.05))
    let band = model.paint(Paint(color.lit(0.55), gloss: 0.08, grain: 0.04))
    let group = model.limb(attach: 0)
    let (up, across) = (headTurn.y, headTurn.z)
    switch figure.outfit.hat {
    case .none:
      break
    case .cap:
      model.ball(head(-0.014, 0.055), 0.106 * s, paint: paint, group: group, blend: 0.01, flat: across, by: 0.86)
      model.rod(
        head(0.06, 0.072), head(0.145, 0.066), 0.062 * s, 0.055 * s, paint: band, group: group, blend: 0.006, flat: up,
        by: 0.2)
    case .brim:
      model.ball(head(-0.01, 0.078), 0.185 * s, paint: paint, group: group, blend: 0.01, flat: up, by: 0.16)
      model.rod(
        head(-0.012, 0.08), head(-0.012, 0.165), 0.103 * s, 0.085 * s, paint: paint, group: group, blend: 0.01,
        flat: across, by: 0.88, cut: true)
      model.rod(
        head(-0.012, 0.08), head(-0.012, 0.105), 0.107 * s, 0.104 * s, paint: band, group: group, blend: 0,
        flat: across, by: 0.88, cut: true)
    case .beanie:
      model.rod(
        head(-0.018, 0.055), head(-0.03, 0.085), 0.108 * s, 0.095 * s, paint: paint, group: group, blend: 0.01,
        flat: across, by: 0.88)
      model.ball(head(-0.04, 0.19), 0.032 * s, paint: band, group: group, blend: 0.01)
    case .helmet:
      model.ball(head(-0.012, 0.06), 0.122 * s, paint: paint, group: group, blend: 0.01, flat: across, by: 0.9)
      model.ball(head(0.0, 0.062), 0.142 * s, paint: paint, group: group, blend: 0.01, flat: up, by: 0.15)
      model.rod(head(-0.09, 0.14), head(0.07, 0.15), 0.02 * s, 0.02 * s, paint: paint, group: group, blend: 0.015)
    }
  }
}
