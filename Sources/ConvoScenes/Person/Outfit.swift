/// What a person wears, without its colours.
struct Outfit: CatalogEntry {
  enum Top: Sendable, Hashable { case tank, tShirt, longSleeve, hoodie, jacket, coat, dress }
  enum Bottom: Sendable, Hashable { case trousers, slim, shorts, shortSkirt, longSkirt }
  enum Weave: Sendable, Hashable { case plain, hoops, pinstripes, checks, twoTone, blotches }
  enum Hat: Sendable, Hashable { case none, cap, brim, beanie, helmet }
  enum Bag: Sendable, Hashable { case none, backpack, shoulder, hand }

  var name: String
  var top: Top
  var bottom: Bottom
  var weave = Weave.plain
  var hat = Hat.none
  var bag = Bag.none

  static let catalog = SplitCatalog(
    training: [
      Outfit(name: "T-shirt and jeans", top: .tShirt, bottom: .trousers),
      Outfit(name: "hooped jersey and shorts", top: .tShirt, bottom: .shorts, weave: .hoops),
      Outfit(name: "checked shirt and trousers", top: .longSleeve, bottom: .trousers, weave: .checks, hat: .brim),
      Outfit(name: "pullover and leggings", top: .longSleeve, bottom: .slim),
      Outfit(name: "hoodie and trousers", top: .hoodie, bottom: .trousers, bag: .backpack),
      Outfit(name: "suit", top: .jacket, bottom: .trousers),
      Outfit(name: "suit and hat", top: .jacket, bottom: .trousers, weave: .pinstripes, hat: .brim, bag: .hand),
      Outfit(name: "long coat", top: .coat, bottom: .trousers),
      Outfit(name: "coat and beanie", top: .coat, bottom: .slim, hat: .beanie, bag: .shoulder),
      Outfit(name: "summer dress", top: .dress, bottom: .shortSkirt),
      Outfit(name: "blouse and long skirt", top: .longSleeve, bottom: .longSkirt, bag: .hand),
      Outfit(name: "running kit", top: .tank, bottom: .shorts),
      Outfit(name: "overalls and cap", top: .longSleeve, bottom: .trousers, hat: .cap),
      Outfit(name: "camouflage", top: .longSleeve, bottom: .trousers, weave: .blotches, bag: .backpack),
    ],
    validation: [
      Outfit(name: "two-tone pullover and jeans", top: .longSleeve, bottom: .slim, weave: .twoTone),
      Outfit(name: "site worker", top: .jacket, bottom: .trousers, weave: .hoops, hat: .helmet),
      Outfit(name: "tank top and short skirt", top: .tank, bottom: .shortSkirt),
      Outfit(name: "checked dress", top: .dress, bottom: .longSkirt, weave: .checks),
      Outfit(
        name: "striped shirt and shorts", top: .tShirt, bottom: .shorts, weave: .pinstripes, hat: .cap, bag: .backpack),
      Outfit(name: "coat and hat", top: .coat, bottom: .trousers, weave: .checks, hat: .brim),
      Outfit(name: "hoodie and shorts", top: .hoodie, bottom: .shorts, bag: .shoulder),
      Outfit(name: "two-tone jersey and beanie", top: .longSleeve, bottom: .trousers, weave: .twoTone, hat: .beanie),
    ])
}

extension PersonPose {
  /// A long skirt does not run or crouch, and no skirt jumps.
  func allows(_ outfit: Outfit) -> Bool {
    let stride = max(abs(leftLeg.swing - rightLeg.swing), leftLeg.fold, rightLeg.fold)
    switch outfit.bottom {
    case .longSkirt: return stride < 30 || (seated && flight == 0)
    case .shortSkirt: return stride < 60 || seated
    case .trousers, .slim, .shorts: return outfit.top != .coat || stride < 70 || seated
    }
  }
}

extension Outfit.Weave {
  /// With lengths for a person of 1.75 m, times `scale`; blotches have their own.
  func pattern(_ color: RGB, scale: Double, blotch: Double = 0.12, seed: Int32) -> Pattern {
    switch self {
    case .plain: .plain
    case .hoops: .hoops(color, period: 0.095 * scale)
    case .pinstripes: .pinstripes(color, period: 0.045 * scale)
    case .checks: .checks(color, period: 0.07 * scale)
    case .twoTone: .twoTone(color, above: 0.3 * scale)
    case .blotches: .patches(color, size: blotch, share: 0.45, seed: seed)
    }
  }
}
