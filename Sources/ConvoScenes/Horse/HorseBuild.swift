/// The proportions of a kind of horse, as shares of a light riding horse's.
struct HorseBuild: CatalogEntry {
  var name: String
  /// Height at the withers, metres.
  var height: Double
  /// Thickness of the trunk, of the limbs, of the neck.
  var girth: Double
  var bone: Double
  var crest: Double
  /// Length of the legs and of the head.
  var leg: Double
  var head: Double
  /// Length of the mane, and hair about the hooves (0 none).
  var mane: Double
  var feather: Double

  static let catalog = SplitCatalog(
    training: [
      HorseBuild(
        name: "riding horse", height: 1.62, girth: 1, bone: 1, crest: 1, leg: 1, head: 1, mane: 1, feather: 0),
      HorseBuild(
        name: "racehorse", height: 1.66, girth: 0.92, bone: 0.92, crest: 0.9, leg: 1.06, head: 0.96, mane: 0.6,
        feather: 0),
      HorseBuild(
        name: "draught horse", height: 1.75, girth: 1.17, bone: 1.35, crest: 1.25, leg: 0.93, head: 1.06, mane: 1.2,
        feather: 1),
      HorseBuild(
        name: "pony", height: 1.25, girth: 1.1, bone: 1.08, crest: 1.1, leg: 0.86, head: 1.1, mane: 1.4, feather: 0.4),
      HorseBuild(
        name: "stallion", height: 1.64, girth: 1.05, bone: 1.05, crest: 1.25, leg: 0.98, head: 1, mane: 1.6, feather: 0),
    ],
    validation: [
      HorseBuild(
        name: "cob", height: 1.5, girth: 1.13, bone: 1.2, crest: 1.18, leg: 0.91, head: 1.04, mane: 0.8, feather: 0.7),
      HorseBuild(
        name: "arab", height: 1.52, girth: 0.97, bone: 0.95, crest: 1.05, leg: 1.02, head: 0.92, mane: 1.3, feather: 0),
      HorseBuild(
        name: "yearling", height: 1.42, girth: 0.86, bone: 0.98, crest: 0.82, leg: 1.13, head: 0.95, mane: 0.4,
        feather: 0),
    ])
}
