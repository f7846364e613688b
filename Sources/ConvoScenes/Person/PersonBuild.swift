/// The proportions of a person, as shares of a slim adult's.
struct PersonBuild: CatalogEntry {
  var name: String
  /// Metres.
  var height: Double
  var shoulders: Double
  var hips: Double
  var girth: Double
  var belly: Double
  var bust: Double
  var limbs: Double
  /// Size of the head against the body; children have larger ones.
  var head: Double
  var beard: Bool
  var grey: Double

  static let catalog = SplitCatalog(
    training: [
      PersonBuild(
        name: "slim man", height: 1.80, shoulders: 1.06, hips: 0.94, girth: 0.98, belly: 0, bust: 0, limbs: 1, head: 1,
        beard: true, grey: 0.1),
      PersonBuild(
        name: "stocky man", height: 1.72, shoulders: 1.14, hips: 1.06, girth: 1.2, belly: 0.7, bust: 0, limbs: 1.18,
        head: 1.02, beard: true, grey: 0.3),
      PersonBuild(
        name: "athletic man", height: 1.86, shoulders: 1.2, hips: 0.96, girth: 1.06, belly: 0, bust: 0, limbs: 1.14,
        head: 0.96, beard: false, grey: 0),
      PersonBuild(
        name: "slim woman", height: 1.68, shoulders: 0.90, hips: 1.02, girth: 0.88, belly: 0, bust: 0.8, limbs: 0.88,
        head: 0.99, beard: false, grey: 0),
      PersonBuild(
        name: "full woman", height: 1.64, shoulders: 0.98, hips: 1.2, girth: 1.12, belly: 0.4, bust: 1.15, limbs: 1.08,
        head: 1, beard: false, grey: 0.2),
      PersonBuild(
        name: "child of eight", height: 1.28, shoulders: 0.90, hips: 0.92, girth: 0.98, belly: 0.15, bust: 0,
        limbs: 0.98,
        head: 1.27, beard: false, grey: 0),
      PersonBuild(
        name: "old man", height: 1.70, shoulders: 1.0, hips: 1.0, girth: 1.05, belly: 0.5, bust: 0, limbs: 0.94,
        head: 1.03,
        beard: true, grey: 1),
    ],
    validation: [
      PersonBuild(
        name: "heavy man", height: 1.77, shoulders: 1.18, hips: 1.15, girth: 1.32, belly: 1.1, bust: 0.2, limbs: 1.25,
        head: 1, beard: true, grey: 0.15),
      PersonBuild(
        name: "tall woman", height: 1.77, shoulders: 0.95, hips: 1.06, girth: 0.93, belly: 0, bust: 0.7, limbs: 0.93,
        head: 0.95, beard: false, grey: 0),
      PersonBuild(
        name: "teenager", height: 1.57, shoulders: 0.93, hips: 0.95, girth: 0.92, belly: 0, bust: 0.3, limbs: 0.9,
        head: 1.1, beard: false, grey: 0),
      PersonBuild(
        name: "old woman", height: 1.58, shoulders: 0.93, hips: 1.12, girth: 1.08, belly: 0.35, bust: 0.9, limbs: 0.96,
        head: 1.05, beard: false, grey: 1),
      PersonBuild(
        name: "wiry man", height: 1.75, shoulders: 1.02, hips: 0.9, girth: 0.9, belly: 0, bust: 0, limbs: 0.92,
        head: 1.01,
        beard: true, grey: 0.4),
    ])
}

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
