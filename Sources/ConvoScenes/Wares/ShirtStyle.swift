/// The measures of a shirt, in units of 25 cm.
struct ShirtStyle: CatalogEntry {
  enum Neck: Sendable, Hashable { case round, vee, wide, collar, high, hood }
  enum Front: Sendable, Hashable { case closed, buttons, halfButtons, zip }

  var name: String
  var long: Double
  /// Half the width, at the hem and at the shoulders.
  var hem: Double
  var shoulders: Double
  /// Length of a sleeve and how far it stands off, degrees.
  var sleeve: Double
  var spread: Double
  /// Half the width of a sleeve, at the shoulder and at its end.
  var armhole = 0.27
  var cuff = 0.2
  var neck: Neck
  var front = Front.closed
  var weave = Outfit.Weave.plain
  var pocket = false
  var ribbed = false

  static let catalog = SplitCatalog(
    training: [
      ShirtStyle(
        name: "T-shirt", long: 2.2, hem: 0.80, shoulders: 0.80, sleeve: 0.72, spread: 36, armhole: 0.3, cuff: 0.28,
        neck: .round),
      ShirtStyle(
        name: "V-neck T-shirt", long: 2.1, hem: 0.74, shoulders: 0.76, sleeve: 0.64, spread: 44, cuff: 0.25, neck: .vee),
      ShirtStyle(
        name: "hooped top", long: 2.1, hem: 0.76, shoulders: 0.76, sleeve: 1.7, spread: 12, cuff: 0.17, neck: .wide,
        weave: .hoops),
      ShirtStyle(
        name: "dress shirt", long: 2.4, hem: 0.82, shoulders: 0.80, sleeve: 1.8, spread: 9, cuff: 0.2, neck: .collar,
        front: .buttons, pocket: true),
      ShirtStyle(
        name: "checked shirt", long: 2.3, hem: 0.84, shoulders: 0.84, sleeve: 1.75, spread: 14, cuff: 0.21,
        neck: .collar, front: .buttons, weave: .checks),
      ShirtStyle(
        name: "polo shirt", long: 2.2, hem: 0.78, shoulders: 0.78, sleeve: 0.66, spread: 40, cuff: 0.25, neck: .collar,
        front: .halfButtons),
      ShirtStyle(
        name: "pullover", long: 2.1, hem: 0.76, shoulders: 0.84, sleeve: 1.75, spread: 10, armhole: 0.3, cuff: 0.18,
        neck: .round, ribbed: true),
      ShirtStyle(
        name: "hooded top", long: 2.2, hem: 0.80, shoulders: 0.86, sleeve: 1.75, spread: 13, armhole: 0.31, cuff: 0.2,
        neck: .hood, pocket: true, ribbed: true),
      ShirtStyle(
        name: "turtleneck", long: 2.1, hem: 0.68, shoulders: 0.72, sleeve: 1.72, spread: 8, cuff: 0.15, neck: .high),
      ShirtStyle(
        name: "loose T-shirt", long: 2.4, hem: 0.96, shoulders: 0.90, sleeve: 0.8, spread: 30, armhole: 0.34,
        cuff: 0.33, neck: .round, pocket: true),
      ShirtStyle(
        name: "beach shirt", long: 2.2, hem: 0.9, shoulders: 0.84, sleeve: 0.8, spread: 34, armhole: 0.32, cuff: 0.31,
        neck: .collar, front: .buttons, weave: .blotches),
      ShirtStyle(
        name: "track top", long: 2.1, hem: 0.74, shoulders: 0.8, sleeve: 1.7, spread: 15, cuff: 0.18, neck: .high,
        front: .zip, ribbed: true),
    ],
    validation: [
      ShirtStyle(
        name: "fitted T-shirt", long: 2.15, hem: 0.70, shoulders: 0.74, sleeve: 0.56, spread: 48, cuff: 0.23,
        neck: .round),
      ShirtStyle(
        name: "football shirt", long: 2.3, hem: 0.86, shoulders: 0.84, sleeve: 0.86, spread: 32, armhole: 0.32,
        cuff: 0.29, neck: .vee, weave: .pinstripes),
      ShirtStyle(
        name: "work shirt", long: 2.35, hem: 0.86, shoulders: 0.86, sleeve: 1.74, spread: 11, cuff: 0.2, neck: .collar,
        front: .buttons, pocket: true),
      ShirtStyle(
        name: "short-sleeved shirt", long: 2.25, hem: 0.84, shoulders: 0.80, sleeve: 0.74, spread: 38, cuff: 0.28,
        neck: .collar, front: .buttons, weave: .checks),
      ShirtStyle(
        name: "V-neck pullover", long: 2.15, hem: 0.78, shoulders: 0.82, sleeve: 1.68, spread: 16, cuff: 0.17,
        neck: .vee, ribbed: true),
      ShirtStyle(
        name: "long-sleeved top", long: 2.05, hem: 0.72, shoulders: 0.74, sleeve: 1.66, spread: 7, cuff: 0.16,
        neck: .round, weave: .twoTone),
      ShirtStyle(
        name: "rugby shirt", long: 2.2, hem: 0.84, shoulders: 0.86, sleeve: 1.64, spread: 18, armhole: 0.31, cuff: 0.19,
        neck: .collar, front: .halfButtons, weave: .hoops),
      ShirtStyle(
        name: "sweatshirt", long: 2.0, hem: 0.82, shoulders: 0.88, sleeve: 1.6, spread: 20, armhole: 0.32, cuff: 0.2,
        neck: .round, ribbed: true),
    ])

  /// Another of the same make.
  func varied(_ random: inout RandomSource) -> ShirtStyle {
    var copy = self
    copy.long *= random.real(0.94, 1.06)
    let wide = random.real(0.94, 1.07)
    copy.hem *= wide * random.real(0.97, 1.03)
    copy.shoulders *= wide
    copy.sleeve *= random.real(0.94, 1.05)
    copy.spread = max(4, spread + random.around(0, 6))
    return copy
  }
}
