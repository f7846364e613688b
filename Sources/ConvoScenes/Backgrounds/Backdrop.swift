/// A kind of place. Each belongs to one split and serves both classes alike.
struct Backdrop: CatalogEntry {
  var name: String
  var paint: @Sendable (inout Scenery) -> Void

  static let catalog = SplitCatalog(
    training: outdoorTraining + builtTraining, validation: outdoorValidation + builtValidation)
}
