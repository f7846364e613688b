/// Skin and hair that belong together.
struct Complexion: CatalogEntry {
  var name: String
  var skin: RGB
  var hair: [RGB]
  var iris: RGB

  static let catalog = SplitCatalog(
    training: [
      Complexion(
        name: "porcelain", skin: RGB(0xF0CDB8), hair: [RGB(0xB5622E), RGB(0xD6B370), RGB(0x5B3A24)], iris: RGB(0x5C86A8)
      ),
      Complexion(
        name: "rosy", skin: RGB(0xE5B598), hair: [RGB(0x7A5230), RGB(0xC39A58), RGB(0x35241A)], iris: RGB(0x5E7B5A)),
      Complexion(name: "golden", skin: RGB(0xD9A87C), hair: [RGB(0x1A1512), RGB(0x2A1D15)], iris: RGB(0x3B2416)),
      Complexion(name: "tan", skin: RGB(0xBE8758), hair: [RGB(0x20160F), RGB(0x3B2717)], iris: RGB(0x3D2817)),
      Complexion(name: "brown", skin: RGB(0x8F5D3A), hair: [RGB(0x16110E), RGB(0x241A14)], iris: RGB(0x2A1A10)),
      Complexion(name: "ebony", skin: RGB(0x573723), hair: [RGB(0x100D0B), RGB(0x1B1511)], iris: RGB(0x1E130C)),
    ],
    validation: [
      Complexion(
        name: "ivory", skin: RGB(0xEAC3A4), hair: [RGB(0x8C6239), RGB(0x241A13), RGB(0xA84B22)], iris: RGB(0x6A7F92)),
      Complexion(name: "olive", skin: RGB(0xCB9A6C), hair: [RGB(0x1D1713), RGB(0x4A3220)], iris: RGB(0x4A3A20)),
      Complexion(name: "umber", skin: RGB(0xA26F47), hair: [RGB(0x1A130F), RGB(0x30211A)], iris: RGB(0x2E1E12)),
      Complexion(name: "sable", skin: RGB(0x6E462D), hair: [RGB(0x130F0C), RGB(0x1F1712)], iris: RGB(0x22150D)),
    ])
}
