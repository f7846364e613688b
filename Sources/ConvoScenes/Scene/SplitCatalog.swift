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

extension RandomSource {
  /// One of the entries; nil from an empty list.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[index(elements.count)]
  }

  /// One of the entries, the first being the fallback for none at all.
  mutating func pick<Element>(_ first: Element, _ others: Element...) -> Element {
    let choice = index(others.count + 1)
    return choice == 0 ? first : others[choice - 1]
  }
}
