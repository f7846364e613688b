/// Things drawn flat, behind the figure or cutting across it.
enum FlatProp: String, CaseIterable, Sendable {
  case bush, tree, fir, crate, lampPost, sign, car, post

  /// Draws it with its foot at (x, y); `metre` is its size there in pixels.
  func draw(_ s: inout Scenery, _ x: Double, _ y: Double, metre: Double) {
    s.canvas.ink(RGB(0, 0, 0), 0.28)
    let wide = self == .car || self == .crate || self == .bush ? 0.0 : metre * 0.28
    s.canvas.ellipse(x + wide * 0.3, y, wide, wide * 0.22)
    s.canvas.fill()
    switch self {
    case .bush:
      s.bush(
        x, y, metre * s.random.real(0.9, 1.6),
        s.random.pick(RGB(0x456B34), RGB(0x5E7040), RGB(0x6A5A34)).varied(&s.random))
    case .tree:
      s.broadleaf(
        x, y, metre * s.random.real(2.6, 4.5),
        s.random.pick(RGB(0x4A7038), RGB(0x6A7A3A), RGB(0x3A5C3C)).varied(&s.random))
    case .fir:
      s.conifer(x, y, metre * s.random.real(2.2, 4), RGB(0x35523C).varied(&s.random))
    case .lampPost:
      s.lampPost(x, y, metre * s.random.real(2.4, 3.4))
    case .car:
      s.car(
        x - metre * 2, y, metre * 4, RGB(s.random.unit(), s.random.unit(), s.random.unit()).saturated(0.55).lit(0.8))
    case .crate:
      Self.crate(&s, x, y, metre * s.random.real(0.5, 0.9))
    case .sign:
      s.canvas.ink(RGB(0.45, 0.46, 0.47))
      s.canvas.move(x, y)
      s.canvas.line(x, y - metre * 2.1)
      s.canvas.stroke(max(1.2, metre * 0.05))
      s.canvas.ink(s.random.pick(RGB(0xB03A2E), RGB(0x2E5AA0), RGB(0xD8B23A), RGB(0xE6E4DE)))
      s.canvas.ellipse(x, y - metre * 2.0, metre * 0.27, metre * 0.27)
      s.canvas.fill()
    case .post:
      let w = metre * 0.16
      s.canvas.inkLinear(
        x - w, 0, x + w, 0,
        [.init(at: 0, color: RGB(0x8A7458)), .init(at: 0.4, color: RGB(0xA58C6A)), .init(at: 1, color: RGB(0x4A3C2C))])
      s.canvas.rectangle(x - w / 2, y - metre * 1.3, w, metre * 1.3)
      s.canvas.fill()
    }
  }

  private static func crate(_ s: inout Scenery, _ x: Double, _ y: Double, _ w: Double) {
    let wood = s.random.pick(RGB(0xA8824E), RGB(0x8A6A44), RGB(0x7C7F82), RGB(0xB89A70)).varied(&s.random)
    let (h, d) = (w * s.random.real(0.7, 1), w * 0.28)
    s.canvas.ink(RGB(0, 0, 0), 0.25)
    s.canvas.polygon([(x - w / 2, y), (x + w / 2, y), (x + w / 2 + d * 1.4, y - d * 0.5), (x - w / 2 + d, y - d * 0.5)])
    s.canvas.fill()
    s.canvas.ink(wood)
    s.canvas.rectangle(x - w / 2, y - h, w, h)
    s.canvas.fill()
    s.canvas.ink(wood.lit(1.18))
    s.canvas.polygon([
      (x - w / 2, y - h), (x + w / 2, y - h), (x + w / 2 + d, y - h - d * 0.6), (x - w / 2 + d, y - h - d * 0.6),
    ])
    s.canvas.fill()
    s.canvas.ink(wood.lit(0.62))
    s.canvas.polygon([
      (x + w / 2, y), (x + w / 2, y - h), (x + w / 2 + d, y - h - d * 0.6), (x + w / 2 + d, y - d * 0.6),
    ])
    s.canvas.fill()
    s.canvas.ink(wood.lit(0.72))
    for plank in 1..<4 {
      s.canvas.move(x - w / 2, y - h * Double(plank) / 4)
      s.canvas.line(x + w / 2, y - h * Double(plank) / 4)
      s.canvas.stroke(max(0.7, w * 0.015))
    }
    s.canvas.rectangle(x - w / 2, y - h, w, h)
    s.canvas.stroke(max(1, w * 0.05))
  }
}
