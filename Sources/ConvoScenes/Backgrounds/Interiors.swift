extension Scenery {
  /// Wall above the horizon, with a skirting board.
  mutating func wall(_ color: RGB, skirting: RGB = RGB(0.9, 0.89, 0.86), stripes: RGB? = nil) {
    canvas.inkLinear(0, 0, width, 0, [.init(at: 0, color: color.lit(1.03)), .init(at: 1, color: color.lit(0.86))])
    canvas.rectangle(0, 0, width, horizon + 1)
    canvas.fill()
    if let stripes {
      canvas.ink(stripes, 0.5)
      for x in stride(from: random.real(0, 12), to: width, by: 24) {
        canvas.rectangle(x, 0, 9, horizon)
        canvas.fill()
      }
    }
    canvas.ink(skirting)
    canvas.rectangle(0, horizon - 7, width, 8)
    canvas.fill()
    canvas.ink(RGB(0, 0, 0), 0.18)
    canvas.rectangle(0, horizon, width, 2)
    canvas.fill()
  }

  mutating func window(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    canvas.ink(RGB(0.93, 0.92, 0.9))
    canvas.rectangle(x - 4, y - 4, w + 8, h + 8)
    canvas.fill()
    canvas.inkLinear(
      0, y, 0, y + h, [.init(at: 0, color: RGB(0.70, 0.82, 0.93)), .init(at: 1, color: RGB(0.90, 0.93, 0.90))])
    canvas.rectangle(x, y, w, h)
    canvas.fill()
    canvas.ink(RGB(0.40, 0.50, 0.36), 0.7)
    canvas.ellipse(x + w * 0.3, y + h * 0.9, w * 0.25, h * 0.2)
    canvas.fill()
    canvas.ink(RGB(0.93, 0.92, 0.9))
    canvas.move(x + w / 2, y)
    canvas.line(x + w / 2, y + h)
    canvas.stroke(3)
    let cloth = RGB(random.real(0.3, 0.9), random.real(0.3, 0.8), random.real(0.3, 0.8)).saturated(0.6)
    for side in [x - 14, x + w - 8] {
      canvas.inkLinear(
        side, 0, side + 22, 0,
        [
          .init(at: 0, color: cloth), .init(at: 0.3, color: cloth.lit(0.75)), .init(at: 0.6, color: cloth.lit(1.06)),
          .init(at: 1, color: cloth.lit(0.8)),
        ])
      canvas.rectangle(side, y - 10, 22, h + 26)
      canvas.fill()
    }
  }

  mutating func picture(_ x: Double, _ y: Double, _ w: Double, _ h: Double) {
    canvas.ink(random.pick(RGB(0.25, 0.17, 0.1), RGB(0.75, 0.62, 0.35), RGB(0.12, 0.12, 0.12)))
    canvas.rectangle(x - 3, y - 3, w + 6, h + 6)
    canvas.fill()
    canvas.scoped {
      canvas.rectangle(x, y, w, h)
      canvas.clip()
      canvas.ink(RGB(0.85, 0.83, 0.77))
      canvas.fillAll()
      for _ in 0..<6 {
        canvas.ink(RGB(random.unit(), random.unit(), random.unit()).saturated(0.5), 0.7)
        canvas.ellipse(
          x + random.real(0, w), y + random.real(0, h), w * random.real(0.1, 0.4), h * random.real(0.08, 0.3))
        canvas.fill()
      }
    }
  }

  mutating func shelves(_ x: Double, _ top: Double, _ w: Double, _ bottom: Double, _ wood: RGB) {
    canvas.ink(wood.lit(0.55))
    canvas.rectangle(x, top, w, bottom - top)
    canvas.fill()
    var y = top + 4
    while y < bottom - 12 {
      let tall = min(random.real(26, 36), bottom - y - 3)
      var bx = x + 4
      while bx < x + w - 6 {
        let (bw, bh) = (random.real(3, 8), tall * random.real(0.6, 0.92))
        if random.chance(0.9) {
          canvas.ink(RGB(random.unit(), random.unit(), random.unit()).saturated(0.45).lit(0.85))
          canvas.rectangle(bx, y + tall - bh, min(bw, x + w - 4 - bx), bh)
          canvas.fill()
        }
        bx += bw + 0.7
      }
      canvas.ink(wood)
      canvas.rectangle(x, y + tall, w, 4)
      canvas.fill()
      y += tall + 4
    }
    canvas.ink(wood)
    canvas.rectangle(x, top, w, bottom - top)
    canvas.stroke(4)
  }

  mutating func sofa(_ x: Double, _ y: Double, _ w: Double, _ cloth: RGB) {
    let h = w * 0.4
    canvas.ink(RGB(0, 0, 0), 0.25)
    canvas.ellipse(x + w / 2, y, w * 0.54, h * 0.1)
    canvas.fill()
    canvas.inkLinear(0, y - h, 0, y, [.init(at: 0, color: cloth.lit(1.1)), .init(at: 1, color: cloth.lit(0.65))])
    canvas.rectangle(x + w * 0.06, y - h, w * 0.88, h * 0.62)
    canvas.fill()
    for seat in 0..<2 {
      canvas.inkLinear(
        0, y - h * 0.5, 0, y - h * 0.1, [.init(at: 0, color: cloth.lit(1.15)), .init(at: 1, color: cloth.lit(0.8))])
      canvas.rectangle(x + w * (0.12 + 0.38 * Double(seat)), y - h * 0.5, w * 0.375, h * 0.38)
      canvas.fill()
    }
    for arm in [0.0, 0.88] {
      canvas.ink(cloth.lit(arm == 0 ? 0.95 : 0.75))
      canvas.rectangle(x + w * arm, y - h * 0.68, w * 0.12, h * 0.64)
      canvas.fill()
    }
  }

  mutating func cupboards(_ color: RGB, _ bottom: Double) {
    let count = random.integer(4, 6)
    let w = width / Double(count)
    for index in 0..<count {
      for (top, tall) in [(bottom - 190.0, 66.0), (bottom - 74, 70)] {
        let x = Double(index) * w
        canvas.ink(color.varied(&random, 0.015))
        canvas.rectangle(x + 1, top, w - 2, tall)
        canvas.fill()
        canvas.ink(color.lit(0.72))
        canvas.rectangle(x + 7, top + 6, w - 14, tall - 12)
        canvas.stroke(1.2)
        canvas.ink(RGB(0.6, 0.6, 0.58))
        canvas.ellipse(x + w - 10, top + tall / 2, 2, 2)
        canvas.fill()
      }
    }
    canvas.ink(RGB(0.30, 0.28, 0.27))
    canvas.rectangle(0, bottom - 80, width, 7)
    canvas.fill()
  }
}
