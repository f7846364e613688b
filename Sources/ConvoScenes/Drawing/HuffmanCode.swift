/// A canonical Huffman code as in RFC 1951, 3.2.2.
struct HuffmanCode {
  /// Bits of each symbol's code; 0 for one that does not occur.
  let lengths: [Int]
  /// The codes with their first bit lowest, as they go into the stream.
  let bits: [UInt32]

  /// - Parameter counts: how often each symbol occurs; at least two must.
  init(counts: [Int], longest: Int) {
    var counts = counts
    var lengths = Self.lengths(counts)
    while (lengths.max() ?? 0) > longest {
      // Evening out the counts shortens the longest codes, at hardly any cost.
      counts = counts.map { $0 > 0 ? $0 / 2 + 1 : 0 }
      lengths = Self.lengths(counts)
    }
    self.lengths = lengths
    bits = Self.codes(lengths)
  }

  /// Depths of the leaves of Huffman's tree, built from two queues.
  private static func lengths(_ counts: [Int]) -> [Int] {
    let leaves = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
    var lengths = [Int](repeating: 0, count: counts.count)
    guard leaves.count > 1 else {
      for leaf in leaves { lengths[leaf] = 1 }
      return lengths
    }
    var weights = leaves.map { counts[$0] }
    var parents = [Int](repeating: 0, count: 2 * leaves.count - 1)
    var (leaf, node) = (0, leaves.count)
    while weights.count < 2 * leaves.count - 1 {
      var sum = 0
      for _ in 0..<2 {
        let lightest: Int
        if leaf < leaves.count, node >= weights.count || weights[leaf] <= weights[node] {
          lightest = leaf
          leaf += 1
        } else {
          lightest = node
          node += 1
        }
        sum += weights[lightest]
        parents[lightest] = weights.count
      }
      weights.append(sum)
    }
    var depths = [Int](repeating: 0, count: weights.count)
    for index in stride(from: weights.count - 2, through: 0, by: -1) { depths[index] = depths[parents[index]] + 1 }
    for (index, symbol) in leaves.enumerated() { lengths[symbol] = depths[index] }
    return lengths
  }

  /// Codes of the same length follow each other in the order of their symbols.
  private static func codes(_ lengths: [Int]) -> [UInt32] {
    var codes = [UInt32](repeating: 0, count: lengths.count)
    var next: UInt32 = 0
    for length in 1...max(1, lengths.max() ?? 1) {
      for symbol in lengths.indices where lengths[symbol] == length {
        var (reversed, code) = (UInt32(0), next)
        for _ in 0..<length {
          reversed = reversed << 1 | code & 1
          code >>= 1
        }
        codes[symbol] = reversed
        next += 1
      }
      next <<= 1
    }
    return codes
  }
}

/// Bits into bytes, the first bit lowest.
struct BitWriter {
  private var bytes: [UInt8]
  private var pending: UInt64 = 0
  private var count = 0

  init(_ start: [UInt8]) {
    bytes = start
  }

  /// - Parameter width: at most 32.
  @inline(__always)
  mutating func write(_ value: UInt32, _ width: Int) {
    pending |= UInt64(value) << UInt64(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  func finished() -> [UInt8] {
    count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
  }
}
