/// All that is decided about a wild picture before anything is drawn: a value, made from the seed alone.
struct WildRecipe: Sendable {
  enum Setting: Sendable {
    case worn(Wearer)
    case arranged(Arrangement)
  }

  let ware: Ware
  let setting: Setting
  let backdrop: Backdrop
  /// The kinds of things used: no name is shared between the splits.
  let ingredients: [String: String]
  /// For everything else: place, light, props, camera.
  let random: RandomSource

  /// - Parameter index: of the picture within its class and split, from 0.
  /// - Returns: nil only if a catalogue is empty.
  init?(_ kind: WareClass, _ split: DatasetSplit, index: Int, seed: UInt64) {
    let place = WareClass.allCases.firstIndex(of: kind) ?? 0
    var random = RandomSource(
      seed: seed, path: [split == .training ? 1 : 2, 21 + UInt64(place), UInt64(clamping: index)])
    guard let ware = Ware(kind, split, &random) else { return nil }
    var names = ["style": ware.styleName, "colors": ware.colors.name]
    let share = random.unit()
    // Every place as often for one class as for the others: the background must not tell.
    var places = Backdrop.catalog[split]
    if share < 0.45 {
      guard let build = random.pick(PersonBuild.catalog[split]),
        let complexion = random.pick(Complexion.catalog[split]),
        let hair = random.pick(HairStyle.catalog[split]), let wardrobe = random.pick(Wardrobe.catalog[split]),
        let pose = random.pick(PersonPose.catalog[split].filter { Wearer.shows(kind, $0) }),
        let outfit = random.pick(Outfit.catalog[split].filter { pose.allows($0) })
      else { return nil }
      names.merge(
        [
          "build": build.name, "complexion": complexion.name, "hair": hair.name, "wardrobe": wardrobe.name,
          "outfit": outfit.name, "pose": pose.name,
        ]) { $1 }
      setting = .worn(
        Wearer(
          PersonFigure(
            build: build, complexion: complexion, hair: hair, outfit: outfit, wardrobe: wardrobe,
            pose: pose.varied(&random, by: 4, mirrored: false), seed: random.next()), ware))
    } else if share < 0.8 {
      setting = .arranged(random.pick(.onTheFloor, .onABench, .hanging))
    } else {
      setting = .arranged(.lying)
      places = Backdrop.grounds[split]
    }
    guard !places.isEmpty else { return nil }
    backdrop = places[(max(0, index) % places.count + Int(seed % 7)) % places.count]
    names["backdrop"] = backdrop.name
    self.ware = ware
    ingredients = names
    self.random = random
  }
}
