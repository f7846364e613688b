extension Backdrop {
  /// What things lie on, seen from above: a place without a horizon.
  static let grounds = SplitCatalog(
    training: [
      Backdrop(name: "oak floor") { s in
        s.floor(RGB(0x9A6C42), RGB(0xA67A4E), .boards)
        s.indoors(RGB(0x8A6848))
      },
      Backdrop(name: "lawn") { s in
        s.floor(RGB(0x5F8A3C), RGB(0x6F9648), .grass, second: RGB(0x7C8B45))
        s.mood.ground = RGB(0x5A6A35)
      },
      Backdrop(name: "blue rug") { s in
        s.floor(RGB(0x3E5478), RGB(0x485E82), .carpet, second: RGB(0xB8A888))
        s.indoors(RGB(0x485E82))
      },
      Backdrop(name: "pavement") { s in
        s.floor(RGB(0x77797C), RGB(0x85878A), .asphalt)
        s.mood.ground = RGB(0x6A6A68)
      },
      Backdrop(name: "white bedspread") { s in
        s.floor(RGB(0xE2E0DA), RGB(0xEAE8E2), .snow, second: RGB(0xC6C4C0))
        s.indoors(RGB(0xD8D6D0))
      },
      Backdrop(name: "gravel path") { s in s.floor(RGB(0xA59A88), RGB(0xB0A694), .earth, second: RGB(0x7E7466)) },
    ],
    validation: [
      Backdrop(name: "chequered tiles") { s in
        s.floor(RGB(0xD2CCBE), RGB(0xC9C2B2), .tiles, second: RGB(0x55524E))
        s.indoors(RGB(0x9A968E))
      },
      Backdrop(name: "beach sand") { s in
        s.floor(RGB(0xDCC79C), RGB(0xD2BC90), .sand, second: RGB(0xB79F76))
        s.mood.ground = RGB(0x9C8A66)
      },
      Backdrop(name: "dark boards") { s in
        s.floor(RGB(0x4E382A), RGB(0x5A4232), .boards)
        s.indoors(RGB(0x4E3C2E))
      },
      Backdrop(name: "red carpet") { s in
        s.floor(RGB(0x8A3A34), RGB(0x94443C), .carpet, second: RGB(0x5E2420))
        s.indoors(RGB(0x7A3A34))
      },
      Backdrop(name: "cobbled yard") { s in s.floor(RGB(0x8A8276), RGB(0x969084), .cobbles) },
    ])
}
