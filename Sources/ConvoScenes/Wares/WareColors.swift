/// Colours of a thing that are found together.
struct WareColors: CatalogEntry {
  var name: String
  var main: RGB
  var trim: RGB
  /// Of buckles, buttons and eyelets.
  var metal = RGB(0xC9B06A)
  var gloss = 0.2

  static let catalog = SplitCatalog(
    training: [
      WareColors(name: "cognac", main: RGB(0xA8622E), trim: RGB(0x5E3418), gloss: 0.35),
      WareColors(name: "black leather", main: RGB(0x2A2828), trim: RGB(0x4A4644), metal: RGB(0xD8D6D0), gloss: 0.6),
      WareColors(name: "scarlet", main: RGB(0xB8302C), trim: RGB(0xE8D8C8), gloss: 0.4),
      WareColors(name: "natural canvas", main: RGB(0xDCCFB2), trim: RGB(0x8A5A34), gloss: 0.05),
      WareColors(name: "navy and white", main: RGB(0x2C4474), trim: RGB(0xEDEBE4), metal: RGB(0xD8D6D0)),
      WareColors(name: "white", main: RGB(0xE9E7E2), trim: RGB(0xB9BDC2), metal: RGB(0xC8C8C8)),
      WareColors(name: "rose", main: RGB(0xD99AA4), trim: RGB(0xF0DAD8), gloss: 0.25),
      WareColors(name: "bottle green", main: RGB(0x2F5A44), trim: RGB(0xC9B48C), gloss: 0.3),
      WareColors(name: "sky", main: RGB(0x8FB4D6), trim: RGB(0xF2F2EE)),
      WareColors(name: "sunflower", main: RGB(0xE0B23C), trim: RGB(0x4A4A4C), gloss: 0.15),
      WareColors(name: "stone", main: RGB(0xA8A298), trim: RGB(0xE2DED4)),
      WareColors(name: "aubergine", main: RGB(0x5A3358), trim: RGB(0xC8A8C0), gloss: 0.35),
      WareColors(name: "denim", main: RGB(0x4F6C94), trim: RGB(0xC99A56), gloss: 0.05),
    ],
    validation: [
      WareColors(name: "tan and cream", main: RGB(0xC28A54), trim: RGB(0xEFE6D2), gloss: 0.3),
      WareColors(name: "graphite", main: RGB(0x46494E), trim: RGB(0x9A9EA4), metal: RGB(0xBFC2C6), gloss: 0.4),
      WareColors(name: "burgundy", main: RGB(0x7C2436), trim: RGB(0xD9B8A0), gloss: 0.45),
      WareColors(name: "ivory", main: RGB(0xEDE4D0), trim: RGB(0xA88A5A), gloss: 0.15),
      WareColors(name: "teal", main: RGB(0x2E7C80), trim: RGB(0xF0E4C8), gloss: 0.25),
      WareColors(name: "lilac", main: RGB(0xB8A4D0), trim: RGB(0xF0ECF4)),
      WareColors(name: "orange", main: RGB(0xD9742C), trim: RGB(0xF4E8D4), gloss: 0.2),
      WareColors(name: "olive", main: RGB(0x747A48), trim: RGB(0x3C3A2A), gloss: 0.1),
      WareColors(name: "silver", main: RGB(0xC6CACE), trim: RGB(0x6C7076), metal: RGB(0xE2E2E2), gloss: 0.7),
    ])
}
