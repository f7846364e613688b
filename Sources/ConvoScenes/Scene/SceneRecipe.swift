/// All that is decided about a picture before anything is drawn: a value, made from the seed alone.
struct SceneRecipe: Sendable {
  enum Subject: Sendable {
    case horse(HorseFigure)
    case person(PersonFigure)
  }

  let subject: Subject
  let backdrop: Backdrop
  /// The kinds of things used, by what they are: no name is shared between the splits.
  let ingredients: [String: String]
  /// For everything else: place, light, props, camera.
  let random: RandomSource

  /// - Parameter index: of the picture within its class and split, from 0.
  /// - Returns: nil only if a catalogue is empty.
  init?(_ subject: SubjectClass, _ split: DatasetSplit, index: Int, seed: UInt64) {
    let splitCode: UInt64 = split == .training ? 1 : 2
    let classCode: UInt64 = subject == .horses ? 1 : 2
    var random = RandomSource(seed: seed, path: [splitCode, classCode, UInt64(clamping: index)])
    // Every place as often for one class as for the other: the background must not tell.
    let places = Backdrop.catalog[split]
    guard !places.isEmpty else { return nil }
    backdrop = places[(max(0, index) % places.count + Int(seed % 7)) % places.count]
    var names = ["backdrop": backdrop.name]
    switch subject {
    case .horses:
      guard let coat = random.pick(HorseCoat.catalog[split]), let build = random.pick(HorseBuild.catalog[split]),
        let pose = random.pick(HorsePose.catalog[split])
      else { return nil }
      names["coat"] = coat.name
      names["build"] = build.name
      names["pose"] = pose.name
      self.subject = .horse(
        HorseFigure(
          build: build, coat: coat, pose: pose.varied(&random, by: 5), tack: Self.tack(&random), seed: random.next()))
    case .humans:
      guard let build = random.pick(PersonBuild.catalog[split]),
        let complexion = random.pick(Complexion.catalog[split]),
        let hair = random.pick(HairStyle.catalog[split]), let wardrobe = random.pick(Wardrobe.catalog[split]),
        let pose = random.pick(PersonPose.catalog[split]),
        let outfit = random.pick(Outfit.catalog[split].filter { pose.allows($0) })
      else { return nil }
      names["build"] = build.name
      names["complexion"] = complexion.name
      names["hair"] = hair.name
      names["wardrobe"] = wardrobe.name
      names["outfit"] = outfit.name
      names["pose"] = pose.name
      self.subject = .person(
        PersonFigure(
          build: build, complexion: complexion, hair: hair, outfit: outfit, wardrobe: wardrobe,
          pose: pose.varied(&random, by: 6), seed: random.next()))
    }
    ingredients = names
    self.random = random
  }

  private static func tack(_ random: inout RandomSource) -> HorseTack {
    func cloth(_ random: inout RandomSource) -> RGB {
      random.pick(RGB(0x2E4A78), RGB(0x7A2A28), RGB(0x3C5A3A), RGB(0xD8D4C8), RGB(0x6A4A34), RGB(0x55595E)).varied(
        &random)
    }
    let share = random.unit()
    if share < 0.55 { return .bare }
    if share < 0.75 { return .halter(cloth(&random)) }
    if share < 0.92 { return .saddle(leather: RGB(0x4A2C18).varied(&random), cloth: cloth(&random)) }
    return .rug(cloth(&random))
  }
}
