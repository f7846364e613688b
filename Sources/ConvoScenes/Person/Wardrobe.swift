/// Cloth colours that are worn together.
struct Wardrobe: CatalogEntry {
  var name: String
  var top: RGB
  var trim: RGB
  var bottom: RGB
  var shoes: RGB

  // Horses' browns, blacks and whites are here as well: colour alone must not give people away.
  static let catalog = SplitCatalog(
    training: [
      Wardrobe(name: "navy", top: RGB(0x2E4A78), trim: RGB(0xE3E0D6), bottom: RGB(0x33363E), shoes: RGB(0x1E1B19)),
      Wardrobe(name: "brick", top: RGB(0x9A3B2E), trim: RGB(0xE8DCC4), bottom: RGB(0x3C4D6B), shoes: RGB(0x4A2E1C)),
      Wardrobe(name: "bark", top: RGB(0x6B4A30), trim: RGB(0xC9B48C), bottom: RGB(0x3A2C22), shoes: RGB(0x241A14)),
      Wardrobe(name: "chestnut", top: RGB(0x8C5230), trim: RGB(0x2A2320), bottom: RGB(0x5B4735), shoes: RGB(0x33251B)),
      Wardrobe(name: "charcoal", top: RGB(0x323437), trim: RGB(0xB9BBBD), bottom: RGB(0x25272B), shoes: RGB(0x161616)),
      Wardrobe(name: "cream", top: RGB(0xE2D9C6), trim: RGB(0x7C6A50), bottom: RGB(0xA8916B), shoes: RGB(0x6B4A31)),
      Wardrobe(
        name: "white and denim", top: RGB(0xE8E8E6), trim: RGB(0x45587A), bottom: RGB(0x4A6288), shoes: RGB(0xD8D6D0)),
      Wardrobe(name: "forest", top: RGB(0x3C5A3A), trim: RGB(0xC8C29A), bottom: RGB(0x6E6247), shoes: RGB(0x2F241B)),
      Wardrobe(name: "grey", top: RGB(0x86898C), trim: RGB(0x3A3C40), bottom: RGB(0x4E5156), shoes: RGB(0x2A2A2B)),
      Wardrobe(name: "mustard", top: RGB(0xC29A3C), trim: RGB(0x4A3A20), bottom: RGB(0x5A4632), shoes: RGB(0x3A2A1E)),
      Wardrobe(name: "plum", top: RGB(0x6A3A58), trim: RGB(0xD9C3D0), bottom: RGB(0x2E2A33), shoes: RGB(0x221C1F)),
    ],
    validation: [
      Wardrobe(name: "teal", top: RGB(0x2F6E70), trim: RGB(0xE6E2D0), bottom: RGB(0x4A4038), shoes: RGB(0x2C221B)),
      Wardrobe(name: "rust", top: RGB(0xA85A2A), trim: RGB(0x3A2A20), bottom: RGB(0x2F3A4C), shoes: RGB(0x54382A)),
      Wardrobe(name: "cocoa", top: RGB(0x573D2C), trim: RGB(0xDDC9A8), bottom: RGB(0x77634A), shoes: RGB(0x1C1714)),
      Wardrobe(name: "sky", top: RGB(0x86A6C4), trim: RGB(0x2F4058), bottom: RGB(0xC4B598), shoes: RGB(0x7A6650)),
      Wardrobe(name: "slate", top: RGB(0x4C545C), trim: RGB(0xC9A24A), bottom: RGB(0x2B2E33), shoes: RGB(0x3C2C20)),
      Wardrobe(name: "sand", top: RGB(0xCDB78E), trim: RGB(0x5E4B34), bottom: RGB(0x8A7650), shoes: RGB(0x46331F)),
      Wardrobe(
        name: "black and white", top: RGB(0x1E1E20), trim: RGB(0xEDEBE6), bottom: RGB(0xD9D5CB), shoes: RGB(0x111111)),
    ])
}
