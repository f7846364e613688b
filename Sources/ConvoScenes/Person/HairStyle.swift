/// How a person's hair is worn.
struct HairStyle: CatalogEntry {
  enum Cut: Sendable, Hashable { case bald, cropped, short, parted, bob, long, ponytail, bun, round, braids, curls }

  var name: String
  var cut: Cut

  static let catalog = SplitCatalog(
    training: [
      HairStyle(name: "bald", cut: .bald), HairStyle(name: "short", cut: .short), HairStyle(name: "long", cut: .long),
      HairStyle(name: "ponytail", cut: .ponytail), HairStyle(name: "round", cut: .round),
      HairStyle(name: "cropped", cut: .cropped),
    ],
    validation: [
      HairStyle(name: "parted", cut: .parted), HairStyle(name: "bob", cut: .bob), HairStyle(name: "bun", cut: .bun),
      HairStyle(name: "braids", cut: .braids), HairStyle(name: "curls", cut: .curls),
    ])
}
