import Testing

@testable import ConvoScenes

/// Validation must show what training never does.
@Suite struct SplitTests {
  private func recipes(_ split: DatasetSplit) throws -> [SceneRecipe] {
    try BuiltInDataset.horseOrHuman.parts[0].classes.flatMap { entry in
      guard case .figure(let subject) = entry.kind else { return [] as [SceneRecipe] }
      return try (0..<entry.count(in: split)).map {
        try #require(SceneRecipe(subject, split, index: $0, seed: 0))
      }
    }
  }

  @Test func noIngredientOfTheWholeSetIsInBothSplits() throws {
    var used: [DatasetSplit: [String: Set<String>]] = [:]
    for split in DatasetSplit.allCases {
      for recipe in try recipes(split) {
        for (kind, name) in recipe.ingredients { used[split, default: [:]][kind, default: []].insert(name) }
      }
    }
    let training = try #require(used[.training])
    let validation = try #require(used[.validation])
    #expect(
      Set(training.keys) == ["backdrop", "build", "coat", "complexion", "hair", "outfit", "pose", "wardrobe"])
    #expect(training.keys == validation.keys)
    for (kind, names) in training {
      #expect(names.isDisjoint(with: validation[kind] ?? []), "\(kind)")
      #expect(names.count > 4, "\(kind) is hardly varied")
    }
  }

  @Test func everyEntryOfEveryCatalogueIsUsed() throws {
    func names<Entry>(_ catalog: SplitCatalog<Entry>, _ split: DatasetSplit) -> Set<String> {
      Set(catalog[split].map(\.name))
    }
    for split in DatasetSplit.allCases {
      var used: [String: Set<String>] = [:]
      for recipe in try recipes(split) {
        for (kind, name) in recipe.ingredients { used[kind, default: []].insert(name) }
      }
      #expect(used["backdrop"] == names(Backdrop.catalog, split))
      #expect(used["coat"] == names(HorseCoat.catalog, split))
      #expect(used["complexion"] == names(Complexion.catalog, split))
      #expect(used["hair"] == names(HairStyle.catalog, split))
      #expect(used["outfit"] == names(Outfit.catalog, split))
      #expect(used["wardrobe"] == names(Wardrobe.catalog, split))
      #expect(used["build"] == names(HorseBuild.catalog, split).union(names(PersonBuild.catalog, split)))
      #expect(used["pose"] == names(HorsePose.catalog, split).union(names(PersonPose.catalog, split)))
    }
  }

  /// The ingredients of every picture of a split, by the part of the dataset that it belongs to.
  private func handbags(_ split: DatasetSplit) throws -> [String: [String: Set<String>]] {
    var used: [String: [String: Set<String>]] = [:]
    for part in BuiltInDataset.handbags.parts {
      for entry in part.classes {
        for index in 0..<entry.count(in: split) {
          let ingredients: [String: String]
          switch entry.kind {
          case .figure: continue
          case .clean(let ware):
            ingredients = try #require(CleanRecipe(ware, split, index: index, seed: 0)).ingredients
          case .wild(let ware):
            ingredients = try #require(WildRecipe(ware, split, index: index, seed: 0)).ingredients
          }
          for (kind, name) in ingredients { used[part.folder, default: [:]][kind, default: []].insert(name) }
        }
      }
    }
    return used
  }

  @Test func noIngredientOfHandbagsIsInBothSplitsAndAllAreUsed() throws {
    let (training, validation) = (try handbags(.training), try handbags(.validation))
    #expect(training["clean"]?.keys.sorted() == ["colors", "style"])
    #expect(
      training["wild"]?.keys.sorted() == [
        "backdrop", "build", "colors", "complexion", "hair", "outfit", "pose", "style", "wardrobe",
      ])
    for (used, split) in [(training, DatasetSplit.training), (validation, .validation)] {
      let styles =
        BagStyle.catalog[split].map(\.name) + ShirtStyle.catalog[split].map(\.name)
        + ShoeStyle.catalog[split].map(\.name)
      for part in ["clean", "wild"] {
        #expect(used[part]?["style"] == Set(styles))
        #expect(used[part]?["colors"] == Set(WareColors.catalog[split].map(\.name)))
      }
      #expect(
        used["wild"]?["backdrop"] == Set((Backdrop.catalog[split] + Backdrop.grounds[split]).map(\.name)))
    }
    // Nor does clean training share anything with wild validation.
    func all(_ used: [String: [String: Set<String>]], _ kind: String) -> Set<String> {
      used.values.reduce(into: []) { $0.formUnion($1[kind] ?? []) }
    }
    for kind in try #require(training["wild"]?.keys) {
      #expect(all(training, kind).isDisjoint(with: all(validation, kind)), "\(kind)")
      #expect(all(validation, kind).count > 3, "\(kind) is hardly varied")
    }
  }

  /// A name is only a name: the numbers behind it must differ as well.
  @Test func theNumbersBehindTheNamesDifferToo() {
    func disjoint<Entry, Key: Hashable>(_ catalog: SplitCatalog<Entry>, _ key: (Entry) -> Key) -> Bool {
      let all = catalog.training + catalog.validation
      return Set(all.map(\.name)).count == all.count
        && Set(catalog.training.map(key)).isDisjoint(with: catalog.validation.map(key))
    }
    #expect(disjoint(HorseCoat.catalog) { $0.body })
    #expect(disjoint(HorseBuild.catalog) { [$0.height, $0.girth, $0.bone, $0.leg] })
    #expect(disjoint(HorsePose.catalog) { [$0.leftFore, $0.rightFore, $0.leftHind, $0.rightHind] })
    #expect(disjoint(PersonPose.catalog) { [$0.leftArm, $0.rightArm, $0.leftLeg, $0.rightLeg] })
    #expect(disjoint(PersonBuild.catalog) { [$0.height, $0.shoulders, $0.hips, $0.girth] })
    #expect(disjoint(Complexion.catalog) { $0.skin })
    #expect(disjoint(HairStyle.catalog) { $0.cut })
    #expect(disjoint(Wardrobe.catalog) { [$0.top, $0.bottom] })
    #expect(disjoint(Backdrop.catalog) { $0.name })
    #expect(disjoint(Backdrop.grounds) { $0.name })
    #expect(disjoint(WareColors.catalog) { [$0.main, $0.trim] })
    #expect(disjoint(BagStyle.catalog) { [$0.low, $0.top, $0.tall, $0.deep, $0.mouth] })
    #expect(disjoint(ShirtStyle.catalog) { [$0.long, $0.hem, $0.shoulders, $0.sleeve, $0.spread] })
    #expect(disjoint(ShoeStyle.catalog) { [$0.shaft, $0.heel, $0.sole, $0.toe, Double($0.laces)] })
    #expect(
      disjoint(Outfit.catalog) { "\($0.top) \($0.bottom) \($0.weave) \($0.hat) \($0.bag)" })
  }

  @Test func bothClassesSeeEveryPlaceEquallyOften() throws {
    for split in DatasetSplit.allCases {
      var shares: [[String: Double]] = []
      for subject in SubjectClass.allCases {
        let places = try (0..<128).map {
          try #require(SceneRecipe(subject, split, index: $0, seed: 0)).backdrop.name
        }
        shares.append(Dictionary(grouping: places, by: { $0 }).mapValues { Double($0.count) / 128 })
      }
      #expect(shares[0] == shares[1])
    }
  }
}
