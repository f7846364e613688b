/// Something that a picture is made of and that belongs to one split alone.
protocol CatalogEntry: Sendable {
  var name: String { get }
}

/// Two lists that share nothing: what training shows and what only validation shows.
struct SplitCatalog<Entry: CatalogEntry>: Sendable {
  let training: [Entry]
  let validation: [Entry]

  subscript(split: DatasetSplit) -> [Entry] {
    switch split {
    case .training: training
    case .validation: validation
    }
  }
}
