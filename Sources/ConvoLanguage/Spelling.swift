/// Finds the spelling that was probably meant.
public enum Spelling {
  /// The candidate nearest to the word, if one is near enough to be a slip of the fingers: at most a third of its
  /// letters are wrong.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let lowered = word.lowercased()
    // A long text is no slip of the fingers, and the comparison's cost grows with the product of the lengths.
    guard word.utf8.count <= 100 else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let found = distance(lowered, candidate.lowercased())
      let allowed = max(1, max(word.count, candidate.count) / 3)
      if found <= allowed && found < best?.distance ?? .max { best = (candidate, found) }
    }
    return best?.candidate
  }

  /// The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first)
    let b = Array(second)
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var cost = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }
}
