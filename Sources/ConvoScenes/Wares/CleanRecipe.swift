/// All that is decided about a clean picture before anything is drawn: a value, made from the seed alone.
struct CleanRecipe: Sendable {
  let ware: Ware
  /// The kinds of things used: no name is shared between the splits.
  let ingredients: [String: String]
  /// For everything else: angle, light.
  let random: RandomSource

  /// - Parameter index: of the picture within its class and split, from 0.
  /// - Returns: nil only if a catalogue is empty.
  init?(_ kind: WareClass, _ split: DatasetSplit, index: Int, seed: UInt64) {
    let place = WareClass.allCases.firstIndex(of: kind) ?? 0
    var random = RandomSource(
      seed: seed, path: [split == .training ? 1 : 2, 11 + UInt64(place), UInt64(clamping: index)])
    guard let ware = Ware(kind, split, &random) else { return nil }
    self.ware = ware
    ingredients = ["style": ware.styleName, "colors": ware.colors.name]
    self.random = random
  }
}
