extension Backdrop {
  static let outdoorTraining = [
    Backdrop(name: "meadow") { s in
      s.sky(RGB(0x6FA2D8), RGB(0xC9DDEB), clouds: s.random.real(0.1, 0.8))
      s.ridge(s.horizon, rise: 30, roughness: 0.6, RGB(0x4E6A45), RGB(0x5E7B50))
      for _ in 0..<s.random.integer(2, 6) {
        s.broadleaf(
          s.random.real(0, 300), s.horizon + s.random.real(0, 10), s.random.real(30, 110),
          RGB(0x4C7238).varied(&s.random))
      }
      s.floor(RGB(0x5F8A3C), RGB(0x8FA863), .grass, second: RGB(0x7C8B45))
      s.mood.ground = RGB(0x5A6A35)
    },
    Backdrop(name: "rolling hills") { s in
      s.sky(RGB(0x88A9C8), RGB(0xE3E2D4), clouds: s.random.real(0.2, 0.7))
      s.ridge(s.horizon - 24, rise: 60, roughness: 0.35, RGB(0x8AA0A8), RGB(0x9DB0AE))
      s.ridge(s.horizon - 8, rise: 36, roughness: 0.2, RGB(0x77925F), RGB(0x8BA06A))
      s.ridge(s.horizon + 6, rise: 22, roughness: 0.15, RGB(0x64834A), RGB(0x79945A))
      s.floor(RGB(0x6E8A42), RGB(0x869E5B), .grass, second: RGB(0x8C8450))
    },
    Backdrop(name: "pine forest") { s in
      s.sky(RGB(0xB9C7CE), RGB(0xDDE3E0), clouds: 0.2)
      for layer in 0..<3 {
        for _ in 0..<(15 - layer * 3) {
          let tone = RGB(0x2F4A35).mixed(with: RGB(0xA6B4AE), 0.55 - Double(layer) * 0.25)
          s.conifer(
            s.random.real(-15, 315), s.horizon + Double(layer) * 7, s.random.real(80, 130) * (1 + Double(layer) * 0.3),
            tone)
        }
      }
      s.floor(RGB(0x5A4A33), RGB(0x6E6A48), .earth, second: RGB(0x4B5A34))
      s.mood.shadow = 0.5
      s.mood.sunStrength = 0.8
    },
    Backdrop(name: "beach") { s in
      s.sky(RGB(0x5D9BD3), RGB(0xCFE4EC), clouds: s.random.real(0, 0.5))
      s.floor(RGB(0xDCC79C), RGB(0xCDB88E), .sand, second: RGB(0xB79F76))
      let sea = s.horizon + s.random.real(10, 26)
      s.canvas.inkLinear(
        0, s.horizon, 0, sea, [.init(at: 0, color: RGB(0x2F6F94)), .init(at: 1, color: RGB(0x74B2BC))])
      s.canvas.rectangle(0, s.horizon, s.width, sea - s.horizon)
      s.canvas.fill()
      s.canvas.ink(RGB(0.96, 0.97, 0.97), 0.9)
      s.canvas.rectangle(0, sea - 2, s.width, 3)
      s.canvas.fill()
      if s.random.chance(0.6) {
        s.palm(s.random.real(10, 290), s.horizon + s.random.real(12, 40), s.random.real(80, 150))
      }
      s.mood.ground = RGB(0x9C8A66)
    },
    Backdrop(name: "snowfield") { s in
      s.sky(RGB(0x9DB4CC), RGB(0xDCE3EA), clouds: 0.5)
      s.ridge(s.horizon, rise: 70, roughness: 0.7, RGB(0xB8C4D2), RGB(0xDDE4EB))
      for _ in 0..<s.random.integer(3, 9) {
        s.conifer(
          s.random.real(0, 300), s.horizon + s.random.real(0, 12), s.random.real(40, 100), RGB(0x3A5148), snow: true)
      }
      s.floor(RGB(0xE9EEF4), RGB(0xD9E0E8), .snow, second: RGB(0xC3CEDC))
      s.mood.ground = RGB(0xB9C2CE)
      s.mood.ambient = 0.7
    },
    Backdrop(name: "desert") { s in
      s.sky(RGB(0x6E9CC8), RGB(0xF0DDC0), clouds: 0.05)
      s.ridge(s.horizon - 6, rise: 40, roughness: 0.12, RGB(0xC79B63), RGB(0xD8B27A))
      s.ridge(s.horizon + 4, rise: 24, roughness: 0.1, RGB(0xB9864F), RGB(0xD0A368))
      s.floor(RGB(0xD0A060), RGB(0xDBB57C), .sand, second: RGB(0xB98548))
      s.mood.sun = RGB(1, 0.92, 0.78)
      s.mood.ground = RGB(0x9A7444)
    },
    Backdrop(name: "wheat field") { s in
      s.sky(RGB(0x7FA8CF), RGB(0xE9E4CF), clouds: s.random.real(0.2, 0.9))
      s.ridge(s.horizon, rise: 16, roughness: 0.5, RGB(0x5B6E48))
      s.floor(RGB(0xC79E4A), RGB(0xD5B76C), .tallGrass, second: RGB(0x9C7734))
      s.mood.ground = RGB(0x8A6B34)
    },
  ]

  static let outdoorValidation = [
    Backdrop(name: "autumn grove") { s in
      s.sky(RGB(0xA7B6C4), RGB(0xE6DFD0), clouds: 0.5)
      for layer in 0..<3 {
        for _ in 0..<5 {
          let leaf = s.random.pick(RGB(0xB5702A), RGB(0xC79A35), RGB(0x96472A), RGB(0x8A8038))
          s.broadleaf(
            s.random.real(0, 300), s.horizon + Double(layer) * 6, s.random.real(70, 130),
            leaf.mixed(with: RGB(0xC9C6BC), 0.4 - Double(layer) * 0.2))
        }
      }
      s.floor(RGB(0x8A6A38), RGB(0xA08550), .earth, second: RGB(0xB47A36))
      s.mood.sun = RGB(1, 0.93, 0.8)
    },
    Backdrop(name: "lake shore") { s in
      s.sky(RGB(0x86A4BF), RGB(0xD7DEDF), clouds: 0.6)
      s.ridge(s.horizon - 2, rise: 64, roughness: 0.5, RGB(0x61798A), RGB(0x7B9099))
      s.ridge(s.horizon, rise: 22, roughness: 0.6, RGB(0x41583F))
      s.floor(RGB(0x55788C), RGB(0x9DB3BD), .water, second: RGB(0xBFCFD4))
      let bank = s.horizon + s.random.real(18, 40)
      s.ridge(bank + 6, rise: 12, roughness: 0.3, RGB(0x8A8468), RGB(0x6F7048))
      s.mottle(bank - 4, s.height, scale: 0.09, strength: 0.6)
    },
    Backdrop(name: "canyon") { s in
      s.sky(RGB(0x5E94CC), RGB(0xC9DCE6), clouds: 0.15)
      s.ridge(s.horizon - 18, rise: 110, roughness: 0.9, RGB(0xB4643C), RGB(0xC98558))
      s.mottle(0, s.horizon, scale: 0.06, strength: 0.25, stretch: 0.15)
      s.ridge(s.horizon + 4, rise: 50, roughness: 0.7, RGB(0x98512F), RGB(0xB06D45))
      s.floor(RGB(0xB07A50), RGB(0xC08C60), .earth, second: RGB(0x8A5838))
      s.mood.ground = RGB(0x84583A)
    },
    Backdrop(name: "moor at dusk") { s in
      s.sky(RGB(0x3C4A70), RGB(0xE0A070), clouds: 0.6, cloud: RGB(0xD88A78))
      s.ridge(s.horizon, rise: 28, roughness: 0.3, RGB(0x3A3B4C), RGB(0x4A4650))
      s.floor(RGB(0x4A4436), RGB(0x6A5648), .tallGrass, second: RGB(0x5C3E4A))
      for _ in 0..<2 { s.bareTree(s.random.real(10, 290), s.horizon + 6, s.random.real(60, 120), RGB(0x241F22)) }
      s.mood.sun = RGB(1, 0.74, 0.5)
      s.mood.sunStrength = 0.85
      s.mood.sky = RGB(0x7A86A8)
      s.mood.haze = RGB(0xA88A88)
    },
    Backdrop(name: "olive terrace") { s in
      s.sky(RGB(0x7FB0DC), RGB(0xDDE6E4), clouds: 0.25)
      s.ridge(s.horizon - 6, rise: 46, roughness: 0.25, RGB(0x8C9A70), RGB(0xA9A878))
      for row in 0..<3 {
        for _ in 0..<4 {
          s.broadleaf(
            s.random.real(0, 300), s.horizon + Double(row) * 9, 34 + Double(row) * 16, RGB(0x7C8A62).varied(&s.random))
        }
      }
      s.floor(RGB(0xA8895C), RGB(0xB7A172), .earth, second: RGB(0x8F9258))
    },
  ]
}
