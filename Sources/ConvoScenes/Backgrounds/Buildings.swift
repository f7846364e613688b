extension Scenery {
  /// A front with rows of windows; `y` is its foot.
  mutating func facade(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ wall: RGB, lit: Double = 0.1) {
    canvas.inkLinear(x, 0, x + w, 0, [.init(at: 0, color: wall.lit(1.04)), .init(at: 1, color: wall.lit(0.8))])
    canvas.rectangle(x, y - h, w, h)
    canvas.fill()
    let columns = max(2, Int(w / random.real(14, 24)))
    let rows = max(2, Int(h / random.real(18, 30)))
    let (cw, rh) = (w / Double(columns), h / Double(rows))
    let glass = random.pick(RGB(0.25, 0.31, 0.38), RGB(0.17, 0.20, 0.24), RGB(0.42, 0.52, 0.60))
    let frame = wall.lit(random.chance(0.5) ? 1.3 : 0.55)
    let (fw, fh) = (random.real(0.42, 0.62), random.real(0.5, 0.66))
    for row in 0..<rows {
      for column in 0..<columns {
        let (wx, wy) = (x + cw * (Double(column) + 0.5 - fw / 2), y - h + rh * (Double(row) + 0.5 - fh / 2))
        canvas.ink(frame)
        canvas.rectangle(wx - 1, wy - 1, cw * fw + 2, rh * fh + 2.5)
        canvas.fill()
        canvas.ink(random.chance(lit) ? RGB(0.95, 0.82, 0.5) : glass.varied(&random, 0.06))
        canvas.rectangle(wx, wy, cw * fw, rh * fh)
        canvas.fill()
        canvas.ink(RGB(1, 1, 1), 0.16)
        canvas.polygon([(wx, wy), (wx + cw * fw * 0.6, wy), (wx, wy + rh * fh * 0.7)])
        canvas.fill()
      }
    }
    canvas.ink(wall.lit(0.55))
    canvas.rectangle(x - 1, y - h - 2.5, w + 2, 3)
    canvas.fill()
  }

  /// A house with a gable roof.
  mutating func house(_ x: Double, _ y: Double, _ w: Double, _ wall: RGB, _ roof: RGB) {
    let h = w * random.real(0.5, 0.75)
    facade(x, y, w, h, wall, lit: 0.05)
    let peak = w * random.real(0.3, 0.5)
    canvas.polygon([(x - w * 0.07, y - h + 1), (x + w / 2, y - h - peak), (x + w * 1.07, y - h + 1)])
    canvas.inkLinear(x, 0, x + w, 0, [.init(at: 0, color: roof.lit(1.06)), .init(at: 1, color: roof.lit(0.7))])
    canvas.fill()
    canvas.ink(roof.lit(0.6))
    canvas.rectangle(x + w * 0.68, y - h - peak * 0.85, w * 0.09, peak * 0.5)
    canvas.fill()
    canvas.ink(RGB(0.30, 0.22, 0.16).varied(&random))
    canvas.rectangle(x + w * random.real(0.2, 0.6), y - h * 0.42, w * 0.14, h * 0.42)
    canvas.fill()
  }

  mutating func barn(_ x: Double, _ y: Double, _ w: Double, _ wall: RGB) {
    let h = w * 0.55
    canvas.polygon([
      (x, y), (x, y - h), (x + w * 0.2, y - h * 1.38), (x + w * 0.5, y - h * 1.6), (x + w * 0.8, y - h * 1.38),
      (x + w, y - h),
      (x + w, y),
    ])
    canvas.inkLinear(x, 0, x + w, 0, [.init(at: 0, color: wall.lit(1.05)), .init(at: 1, color: wall.lit(0.7))])
    canvas.fill()
    canvas.ink(wall.lit(0.65))
    for board in stride(from: x + 5, to: x + w, by: max(4, w / 18)) {
      canvas.move(board, y)
      canvas.line(board, y - h * 0.98)
      canvas.stroke(0.8)
    }
    canvas.ink(RGB(0.13, 0.10, 0.08))
    canvas.rectangle(x + w * 0.36, y - h * 0.68, w * 0.28, h * 0.68)
    canvas.fill()
    canvas.ink(RGB(0.88, 0.86, 0.80))
    canvas.rectangle(x + w * 0.36, y - h * 0.68, w * 0.28, h * 0.68)
    canvas.stroke(max(1, w * 0.018))
  }

  /// Posts and rails across the picture; `y` is the foot.
  mutating func fence(_ y: Double, _ tall: Double, _ color: RGB, gap: Double = 46) {
    var x = random.real(-gap, 0)
    let rails = [0.3, 0.62, 0.92]
    for rail in rails {
      canvas.move(-5, y - tall * rail + random.around(0, 1))
      canvas.line(width + 5, y - tall * rail + random.around(0, 2))
      canvas.ink(color.lit(0.92))
      canvas.stroke(max(1, tall * 0.085))
    }
    while x < width + gap {
      let post = tall * 0.12
      canvas.inkLinear(x, 0, x + post, 0, [.init(at: 0, color: color.lit(1.06)), .init(at: 1, color: color.lit(0.62))])
      canvas.rectangle(x, y - tall * 1.04, post, tall * 1.06)
      canvas.fill()
      x += gap * random.real(0.94, 1.06)
    }
  }

  mutating func bricks(_ top: Double, _ bottom: Double, _ color: RGB, _ mortar: RGB, size: Double) {
    canvas.ink(mortar)
    canvas.rectangle(0, top, width, bottom - top)
    canvas.fill()
    var (y, row) = (top, 0)
    while y < bottom {
      var x = row % 2 == 0 ? -size : -size * 0.5
      while x < width {
        canvas.ink(color.varied(&random, 0.055))
        canvas.rectangle(x + 0.6, y + 0.6, size - 1.2, min(size * 0.42, bottom - y) - 1.2)
        canvas.fill()
        x += size
      }
      y += size * 0.42
      row += 1
    }
  }

  mutating func lampPost(_ x: Double, _ y: Double, _ tall: Double) {
    canvas.ink(RGB(0.16, 0.17, 0.18))
    canvas.move(x, y)
    canvas.line(x, y - tall)
    canvas.stroke(max(1.2, tall * 0.022))
    canvas.move(x, y - tall)
    canvas.curve(x, y - tall * 1.06, x + tall * 0.1, y - tall * 1.06, x + tall * 0.12, y - tall)
    canvas.stroke(max(1, tall * 0.016))
    canvas.ink(RGB(0.95, 0.92, 0.78))
    canvas.ellipse(x + tall * 0.12, y - tall * 0.985, tall * 0.03, tall * 0.018)
    canvas.fill()
  }

  mutating func car(_ x: Double, _ y: Double, _ long: Double, _ paint: RGB) {
    let h = long * 0.2
    canvas.ink(RGB(0, 0, 0), 0.3)
    canvas.ellipse(x + long / 2, y, long * 0.52, h * 0.16)
    canvas.fill()
    canvas.move(x, y - h * 0.25)
    canvas.curve(x, y - h * 0.9, x + long * 0.03, y - h, x + long * 0.2, y - h * 1.05)
    canvas.curve(x + long * 0.3, y - h * 1.8, x + long * 0.36, y - h * 1.9, x + long * 0.5, y - h * 1.9)
    canvas.curve(x + long * 0.68, y - h * 1.9, x + long * 0.72, y - h * 1.6, x + long * 0.82, y - h * 1.1)
    canvas.curve(x + long * 0.97, y - h, x + long, y - h * 0.9, x + long, y - h * 0.25)
    canvas.close()
    canvas.inkLinear(
      0, y - h * 1.9, 0, y,
      [.init(at: 0, color: paint.lit(1.3)), .init(at: 0.5, color: paint), .init(at: 1, color: paint.lit(0.55))])
    canvas.fill()
    canvas.polygon([
      (x + long * 0.25, y - h * 1.1), (x + long * 0.36, y - h * 1.75), (x + long * 0.49, y - h * 1.77),
      (x + long * 0.49, y - h * 1.1),
    ])
    canvas.polygon([
      (x + long * 0.52, y - h * 1.1), (x + long * 0.52, y - h * 1.77), (x + long * 0.66, y - h * 1.7),
      (x + long * 0.77, y - h * 1.12),
    ])
    canvas.ink(RGB(0.18, 0.23, 0.27))
    canvas.fill()
    for wheel in [0.2, 0.8] {
      canvas.ink(RGB(0.08, 0.08, 0.08))
      canvas.ellipse(x + long * wheel, y - h * 0.26, h * 0.42, h * 0.42)
      canvas.fill()
      canvas.ink(RGB(0.6, 0.61, 0.62))
      canvas.ellipse(x + long * wheel, y - h * 0.26, h * 0.22, h * 0.22)
      canvas.fill()
    }
  }
}
