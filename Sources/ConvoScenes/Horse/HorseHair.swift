extension HorseBody {
  private func hair(_ random: inout RandomSource) -> Paint {
    Paint(figure.coat.mane.varied(&random, 0.02), gloss: 0.3, grain: 0.1, soft: 0.006)
      .patterned(.strands(figure.coat.mane.lit(figure.coat.mane.luminance < 0.2 ? 1.10 : 0.84), count: 60, seed: seed))
  }

  /// Locks that fall from the crest to one side, and the forelock between the ears.
  mutating func addMane(_ random: inout RandomSource) {
    let paint = model.paint(hair(&random))
    let long = figure.build.mane * random.real(0.8, 1.25)
    let side = random.sign()
    let group = model.limb(attach: 0)
    let s = size
    for index in 1..<crest.count {
      let knot = crest[index]
      for step in 0..<2 {
        let share = Double(step) * 0.5
        let next = crest[min(index + 1, crest.count - 1)]
        let top = (knot.at + knot.up * (knot.radius * 0.97)).mixed(
          with: next.at + next.up * (next.radius * 0.97), share)
        let radius = knot.radius + (next.radius - knot.radius) * share
        let drop = (0.13 + 0.12 * random.unit()) * long * s
        let out = knot.side * (side * radius * 0.62 + side * 0.012)
        let middle = top + out - Vector(0, drop * 0.45, 0) + Vector(random.around(0, 0.02), 0, 0)
        let tip = middle + knot.side * (side * 0.01) - Vector(random.around(0.02, 0.03), drop * 0.75, 0)
        model.rod(
          top, middle, 0.034 * s, 0.042 * s, paint: paint, group: group, blend: 0.02 * s, flat: knot.side, by: 0.55)
        model.rod(
          middle, tip, 0.042 * s, 0.012 * s, paint: paint, group: group, blend: 0.02 * s, flat: knot.side, by: 0.5)
      }
    }
    guard let last = crest.last, figure.build.mane > 0.3 else { return }
    let down = Rotation.pitch(-figure.pose.head)
    let ahead = bend(down(Vector(1, 0, 0)))
    let up = bend(down(Vector(0, 1, 0)))
    let start = last.at + up * (0.075 * s) - ahead * (0.02 * s)
    model.rod(
      start, start + ahead * (0.10 + 0.07 * long) * s + last.side * (side * 0.02), 0.036 * s, 0.012 * s, paint: paint,
      group: group, blend: 0.02 * s, flat: up, by: 0.6)
  }

  mutating func addTail(_ random: inout RandomSource) {
    let paint = model.paint(hair(&random))
    let group = model.limb(attach: 0.03 * size)
    let s = size
    let dock = trunk(-0.765, 1.335)
    let swish = random.around(0, 0.08)
    let away = figure.pose.tail
    let long = random.real(0.85, 1.05) * min(1.15, 0.75 + figure.build.mane * 0.25)
    for lock in 0..<3 {
      let shift = Double(lock - 1)
      let first = dock + Self.bone(-62 - away * 0.6, 0.13 * s)
      let second = first + Self.bone(-22 - away, 0.24 * s * long) + Vector(0, 0, shift * 0.03 + swish * 0.3)
      let third =
        second + Self.bone(-6 - away * 0.8, 0.32 * s * long) + Vector(-shift * 0.03, 0, shift * 0.035 + swish * 0.7)
      let tip =
        third + Self.bone(2 - away * 0.45, (0.30 + 0.05 * random.unit()) * s * long) + Vector(shift * 0.03, 0, swish)
      model.curve(
        [
          Model.Knot(dock, 0.045 * s), Model.Knot(first, 0.050 * s), Model.Knot(second, 0.066 * s),
          Model.Knot(third, 0.062 * s), Model.Knot(tip, 0.012 * s),
        ],
        steps: 3, paint: paint, group: group, blend: 0.07 * s, by: 0.85)
    }
  }
}
