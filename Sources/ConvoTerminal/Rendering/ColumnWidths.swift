/// Shares the width of a terminal among the columns of a table.
struct ColumnWidths {
  /// What a column would like, and what it can do with.
  struct Wish {
    /// Its longest line.
    var natural: Int
    /// Its longest word.
    var word: Int
    /// Whether its words may be broken; not so for numbers.
    var mayBreakWords: Bool
  }

  /// A word is not broken into pieces smaller than this.
  static let leastBroken = 8

  /// A width for each column, together at most `room`; `nil` where the table does not fit at all.
  static func share(_ wishes: [Wish], room: Int) -> [Int]? {
    let natural = wishes.map(\.natural)
    if natural.reduce(0, +) <= room { return natural }
    var widths = wishes.map { min($0.word, $0.natural) }
    var spare = room - widths.reduce(0, +)
    // The widest words are broken first.
    while spare < 0 {
      let breakable = wishes.indices.filter { wishes[$0].mayBreakWords && widths[$0] > leastBroken }
      guard let widest = breakable.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      spare += 1
    }
    // What is left over goes to the columns that miss the most.
    while spare > 0 {
      guard let neediest = wishes.indices.max(by: { natural[$0] - widths[$0] < natural[$1] - widths[$1] }),
        natural[neediest] > widths[neediest]
      else { return widths }
      widths[neediest] += 1
      spare -= 1
    }
    return widths
  }
}
