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
