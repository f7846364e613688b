extension Backdrop {
  static let builtTraining = [
    Backdrop(name: "city street") { s in
      s.sky(RGB(0x9FB4C6), RGB(0xD9DEE0), clouds: 0.5)
      var x = -20.0
      while x < 310 {
        let w = s.random.real(45, 110)
        let wall = s.random.pick(RGB(0x9A8470), RGB(0x8C5F4A), RGB(0xA9A59C), RGB(0x6F7680), RGB(0xC0AE8A)).varied(
          &s.random)
        s.facade(x, s.horizon + 4, w, s.random.real(90, 240), wall)
        x += w
      }
      s.floor(RGB(0x66686B), RGB(0x7E8082), .asphalt)
      s.canvas.ink(RGB(0xA8A59E))
      s.canvas.rectangle(0, s.horizon, s.width, 9)
      s.canvas.fill()
      for _ in 0..<s.random.integer(0, 2) {
        s.car(
          s.random.real(-40, 260), s.horizon + s.random.real(14, 30), s.random.real(60, 100),
          s.random.pick(RGB(0x9A2A24), RGB(0x2C4A7A), RGB(0xC9CACC), RGB(0x2A2C2E)))
      }
      if s.random.chance(0.6) { s.lampPost(s.random.real(10, 290), s.horizon + 10, s.random.real(100, 170)) }
      s.mood.ground = RGB(0x6A6A68)
    },
    Backdrop(name: "brick alley") { s in
      s.bricks(0, s.horizon + 2, RGB(0x8A4B38).varied(&s.random), RGB(0xA79C8E), size: s.random.real(18, 30))
      s.mottle(0, s.horizon, scale: 0.02, strength: 0.5)
      if s.random.chance(0.6) { s.window(s.random.real(20, 220), s.horizon - 120, 50, 70) }
      s.floor(RGB(0x6A645C), RGB(0x77706A), .cobbles)
      s.mood.shadow = 0.5
      s.mood.ground = RGB(0x6A5C50)
    },
    Backdrop(name: "living room") { s in
      let paper = s.random.pick(RGB(0xC9B8A0), RGB(0x9AAFA8), RGB(0xB8A0A0), RGB(0xD6D0C2), RGB(0x8090A0))
      s.wall(paper, stripes: s.random.chance(0.5) ? paper.lit(1.15) : nil)
      s.window(s.random.real(20, 230), max(10, s.horizon - 150), 60, 80)
      s.picture(s.random.real(20, 240), max(8, s.horizon - 140), s.random.real(26, 60), s.random.real(24, 46))
      s.floor(RGB(0x8A5C38), RGB(0x9A6C46), .boards)
      s.sofa(
        s.random.real(-30, 200), s.horizon + 14, s.random.real(90, 140),
        RGB(s.random.unit(), s.random.unit(), s.random.unit()).saturated(0.4).lit(0.8))
      s.indoors(RGB(0x8A6848))
    },
    Backdrop(name: "library") { s in
      s.wall(RGB(0x8A7A62))
      var x = -10.0
      while x < 300 {
        s.shelves(x, max(-10, s.horizon - 190), 86, s.horizon, RGB(0x6E4A2E))
        x += 92
      }
      s.floor(RGB(0x7A3A34), RGB(0x86483E), .carpet, second: RGB(0xA88A5C))
      s.indoors(RGB(0x6A4438))
    },
    Backdrop(name: "stable yard") { s in
      s.sky(RGB(0x8FB0CC), RGB(0xDDE2DC), clouds: 0.5)
      s.ridge(s.horizon, rise: 24, roughness: 0.6, RGB(0x5A6E48))
      s.barn(
        s.random.real(-30, 140), s.horizon + 5, s.random.real(120, 190),
        s.random.pick(RGB(0x8A3A2C), RGB(0x7A6248), RGB(0x8E8C86)))
      s.floor(RGB(0x9A8260), RGB(0xA89470), .earth, second: RGB(0x80694A))
      s.fence(s.horizon + 16, 26, RGB(0xC9C2B4))
    },
    Backdrop(name: "car park") { s in
      s.sky(RGB(0xA8B6C0), RGB(0xD6DADC), clouds: 0.7)
      s.facade(-5, s.horizon + 2, 310, s.random.real(50, 90), RGB(0xB0ADA6).varied(&s.random))
      s.floor(RGB(0x55585C), RGB(0x6C6F72), .asphalt)
      s.canvas.ink(RGB(0.9, 0.9, 0.88), 0.8)
      for x in stride(from: -200.0, through: 500, by: 70) {
        s.canvas.move(150 + (x - 150) * 0.5, s.horizon + 14)
        s.canvas.line(x, s.horizon + 70)
        s.canvas.stroke(2.5)
      }
      for index in 0..<s.random.integer(1, 4) {
        s.car(
          Double(index) * 80 + s.random.real(-40, 10), s.horizon + 22, 74,
          RGB(s.random.unit(), s.random.unit(), s.random.unit()).saturated(0.6).lit(0.8))
      }
      s.mood.shadow = 0.45
    },
    Backdrop(name: "painted studio cloth") { s in
      let base = s.random.pick(RGB(0x8A8478), RGB(0x6A7078), RGB(0x9C8468), RGB(0x7A6A70), RGB(0xB8B4AC))
      s.canvas.inkRadial(150, 130, 260, [.init(at: 0, color: base.lit(1.2)), .init(at: 1, color: base.lit(0.6))])
      s.canvas.fillAll()
      s.mottle(0, s.height, scale: 0.012, strength: 1.1)
      s.mottle(0, s.height, scale: 0.11, strength: 0.45)
      s.indoors(base.lit(0.7))
    },
  ]

  static let builtValidation = [
    Backdrop(name: "village lane") { s in
      s.sky(RGB(0x82A6CA), RGB(0xDCE4E6), clouds: 0.4)
      s.ridge(s.horizon, rise: 34, roughness: 0.4, RGB(0x6A8058))
      var x = s.random.real(-40, 0)
      while x < 300 {
        let w = s.random.real(60, 105)
        s.house(
          x, s.horizon + s.random.real(2, 9), w,
          s.random.pick(RGB(0xD9CDB4), RGB(0xC7B299), RGB(0xB9A8A0), RGB(0xDAD8D0)),
          s.random.pick(RGB(0x8A4632), RGB(0x5C4A42), RGB(0x6A6C70)))
        x += w * s.random.real(1.05, 1.5)
      }
      s.floor(RGB(0x8A8070), RGB(0x9C9484), .cobbles)
    },
    Backdrop(name: "kitchen") { s in
      s.wall(s.random.pick(RGB(0xD8D4C4), RGB(0xB8C4C0), RGB(0xCFC0A4)))
      s.cupboards(s.random.pick(RGB(0xE2DED4), RGB(0x8FA398), RGB(0x9A7450), RGB(0x6A7A8C)), s.horizon)
      s.floor(RGB(0xC9C2B2), RGB(0xD2CCBE), .tiles, second: RGB(0x6E6A66))
      s.indoors(RGB(0x8E887C))
    },
    Backdrop(name: "riding hall") { s in
      s.canvas.inkLinear(0, 0, 0, s.horizon, [.init(at: 0, color: RGB(0x7A746A)), .init(at: 1, color: RGB(0xB4AA98))])
      s.canvas.fillAll()
      s.canvas.ink(RGB(0x5A4838))
      for x in stride(from: s.random.real(-30, 10), to: 330, by: 62) {
        s.canvas.move(x, s.horizon)
        s.canvas.line(x, 0)
        s.canvas.stroke(6)
        s.canvas.move(x, s.horizon * 0.35)
        s.canvas.line(x + 31, 0)
        s.canvas.stroke(4)
      }
      s.canvas.ink(RGB(0x8A6A48))
      s.canvas.rectangle(0, s.horizon - 36, s.width, 38)
      s.canvas.fill()
      s.mottle(s.horizon - 36, s.horizon, scale: 0.2, strength: 0.3, stretch: 0.1)
      s.floor(RGB(0xA08C70), RGB(0xAE9C80), .sand, second: RGB(0x7E6C52))
      s.indoors(RGB(0x84725A))
    },
    Backdrop(name: "market") { s in
      s.sky(RGB(0xB0C0CC), RGB(0xDCDFDC), clouds: 0.4)
      s.facade(-10, s.horizon, 330, 190, RGB(0xC2A888).varied(&s.random))
      for index in 0..<5 {
        let x = Double(index) * 66 + s.random.real(-20, 4)
        let cloth = RGB(s.random.unit(), s.random.unit(), s.random.unit()).saturated(0.7)
        s.canvas.ink(RGB(0.2, 0.16, 0.12))
        s.canvas.rectangle(x + 3, s.horizon - 50, 54, 56)
        s.canvas.fill()
        for stripe in 0..<6 {
          s.canvas.ink(stripe % 2 == 0 ? cloth : RGB(0.93, 0.92, 0.88))
          s.canvas.polygon([
            (x + Double(stripe) * 10, s.horizon - 68), (x + Double(stripe + 1) * 10, s.horizon - 68),
            (x + Double(stripe + 1) * 11 - 3, s.horizon - 46), (x + Double(stripe) * 11 - 3, s.horizon - 46),
          ])
          s.canvas.fill()
        }
        for _ in 0..<14 {
          s.canvas.ink(RGB(s.random.real(0.3, 0.95), s.random.real(0.2, 0.8), 0.15))
          s.canvas.ellipse(x + s.random.real(6, 54), s.horizon - s.random.real(4, 16), 4.5, 4.5)
          s.canvas.fill()
        }
      }
      s.floor(RGB(0x8E8578), RGB(0x9A9184), .cobbles)
    },
    Backdrop(name: "out-of-focus lights") { s in
      let base = s.random.pick(RGB(0x2E3440), RGB(0x4A4038), RGB(0x36443C), RGB(0x6A6670))
      s.canvas.inkLinear(0, 0, 0, s.height, [.init(at: 0, color: base), .init(at: 1, color: base.lit(1.25))])
      s.canvas.fillAll()
      for _ in 0..<46 {
        let tint = RGB(s.random.real(0.5, 1), s.random.real(0.4, 0.9), s.random.real(0.3, 0.9))
        s.canvas.ink(tint, s.random.real(0.06, 0.3))
        let r = s.random.real(6, 30)
        s.canvas.ellipse(s.random.real(0, 300), s.random.real(0, s.horizon + 20), r, r)
        s.canvas.fill()
      }
      s.floor(base.lit(0.9), base.lit(1.15), .plain)
      s.mood.sunStrength = 0.85
      s.mood.ambient = 0.65
    },
  ]
}

extension Scenery {
  /// Lamps and bounced light instead of a sun.
  mutating func indoors(_ floor: RGB) {
    mood.indoors = true
    mood.sun = RGB(1, 0.93, 0.82)
    mood.sunStrength = 0.72
    mood.sky = RGB(0.86, 0.83, 0.78)
    mood.ground = floor
    mood.ambient = 0.66
    mood.shadow = 0.45
    mood.haze = RGB(0.7, 0.66, 0.6)
    mood.hazeReach = 0.15
  }
}
