import CPixels

/// The rows or columns that are wanted of a JPEG's channel, as its decoder takes them.
struct JPEGLines {
  let count: Int
  /// For each block the number of wanted lines before it, and the number of all; behind them the wanted lines themselves.
  private let startsAndPlaces: [UInt32]
  private let blocks: Int
  /// For each line the number of wanted lines before it.
  private let indices: [Int32]

  /// - Parameters:
  ///   - wanted: in any order, and perhaps repeated; less than `8 * blocks`.
  ///   - blocks: of eight lines, in the whole channel.
  init(_ wanted: [Int], blocks: Int) {
    var isWanted = [Bool](repeating: false, count: blocks * 8)
    for place in wanted { isWanted[place] = true }
    var (starts, places, indices): ([UInt32], [UInt32], [Int32]) = ([], [], [])
    indices.reserveCapacity(isWanted.count)
    for (place, isWanted) in isWanted.enumerated() {
      if place % 8 == 0 { starts.append(UInt32(places.count)) }
      indices.append(Int32(places.count))
      if isWanted { places.append(UInt32(place)) }
    }
    count = places.count
    startsAndPlaces = starts + [UInt32(places.count)] + places
    self.blocks = blocks
    self.indices = indices
  }

  /// Which of the wanted lines one of them is.
  func index(of place: Int) -> Int { Int(indices[place]) }

  func withLines<Result>(_ body: (convo_jpeg_lines) -> Result) -> Result? {
    startsAndPlaces.withUnsafeBufferPointer { starts in
      starts.baseAddress.map { body(convo_jpeg_lines(places: $0 + blocks + 1, starts: $0)) }
    }
  }
}
