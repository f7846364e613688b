/// Weights cut into pieces, and the pieces put together to parts of about the same size for threads to take.
struct WeightPieces {
  /// Neighbouring weights of one variable.
  struct Piece {
    let variable: Int
    let range: Range<Int>

    /// With two slots, a block of weights takes 32 KB.
    static let blockSize = 2048

    func forEachBlock(_ body: (Range<Int>) -> Void) {
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min(start + Self.blockSize, range.upperBound)
        body(start..<end)
        start = end
      }
    }
  }

  /// In the order of the weights.
  let all: [Piece]
  /// The pieces of each part.
  let parts: [Range<Int>]

  /// The weights of a part.
  private static let partSize = 1 << 16

  init(_ variables: [Range<Int>]) {
    var all: [Piece] = []
    var parts: [Range<Int>] = []
    var weights = 0
    var first = 0
    for (variable, range) in variables.enumerated() {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.partSize) {
        all.append(Piece(variable: variable, range: start..<min(start + Self.partSize, range.upperBound)))
        weights += all[all.count - 1].range.count
        if weights >= Self.partSize {
          parts.append(first..<all.count)
          (first, weights) = (all.count, 0)
        }
      }
    }
    if first < all.count { parts.append(first..<all.count) }
    self.all = all
    self.parts = parts
  }
}
