/// The run-length encodings of BMP files, of bytes (RLE8) and of halves of bytes (RLE4).
///
/// What the file passes over keeps the index 0. A file that says it ends before the last row is whole: Pillow
/// refuses it, but writers leave out what is background in this way, and other readers take it.
struct BMPRuns {
  private let data: UnsafeRawBufferPointer
  private let isNibbles: Bool
  private var offset = 0

  init(_ data: UnsafeRawBufferPointer, isNibbles: Bool) {
    self.data = data
    self.isNibbles = isNibbles
  }

  /// Indices, `[height, width]`, in the file's order of rows.
  mutating func decoded(height: Int, width: Int) throws(ImageProblem) -> [UInt8] {
    var indices = [UInt8](repeating: 0, count: height * width)
    var (row, column) = (0, 0)
    /// What sticks out of its row is dropped.
    func put(_ index: UInt8) {
      if column < width { indices[row * width + column] = index }
      column += 1
    }
    while row < height {
      let (count, value) = (try next(), try next())
      switch (count, value) {
      case (0, 0):
        (row, column) = (row + 1, 0)
      case (0, 1):
        return indices
      case (0, 2):
        column = min(width, column + Int(try next()))
        row += Int(try next())
      case (0, _):
        let bytes = isNibbles ? (Int(value) + 1) / 2 : Int(value)
        var last: UInt8 = 0
        for place in 0..<Int(value) {
          if !isNibbles || place % 2 == 0 { last = try next() }
          put(isNibbles ? (place % 2 == 0 ? last >> 4 : last & 0xF) : last)
        }
        if bytes % 2 == 1 { offset += 1 }
      default:
        for place in 0..<Int(count) {
          put(isNibbles ? (place % 2 == 0 ? value >> 4 : value & 0xF) : value)
        }
      }
      // Pillow, too, stops at the last pixel and asks for no end.
      if row == height - 1, column >= width { return indices }
    }
    return indices
  }

  private mutating func next() throws(ImageProblem) -> UInt8 {
    guard offset < data.count else { throw .truncated }
    defer { offset += 1 }
    return data[offset]
  }
}
