import ConvoImages

/// Where everything of a grid stands, in pixels.
struct GridLayout {
  /// A label of two lines stands below each picture.
  static let lineHeight = 15
  private static let labelHeight = 2 * lineHeight + 3
  private static let gap = 10
  /// Narrower cells have no room for a label.
  private static let leastCellWidth = 96

  let cellHeight: Int
  let cellWidth: Int
  private let rows: Int
  private let columns: Int
  /// Pictures are enlarged so many times,
  private let enlargement: Int
  /// or reduced to this share of their sides.
  private let reduction: Double

  init(largest: (height: Int, width: Int), rows: Int, columns: Int, largestSide: Int) {
    self.rows = rows
    self.columns = columns
    enlargement = max(1, Self.leastCellWidth / max(largest.height, largest.width))
    let (height, width) = (largest.height * enlargement, largest.width * enlargement)
    let room = (
      height: (largestSide - Self.gap) / rows - Self.labelHeight - Self.gap,
      width: (largestSide - Self.gap) / columns - Self.gap
    )
    let needed = max(Double(height) / Double(max(1, room.height)), Double(width) / Double(max(1, room.width)))
    reduction = enlargement > 1 || needed <= 1 ? 1 : 1 / needed
    cellHeight = max(1, Int(Double(height) * reduction))
    cellWidth = max(Self.leastCellWidth, Int(Double(width) * reduction))
  }

  var height: Int { Self.gap + rows * (cellHeight + Self.labelHeight + Self.gap) }
  var width: Int { Self.gap + columns * (cellWidth + Self.gap) }

  /// A picture as it is drawn.
  func scaled(_ image: PixelImage) -> PixelImage {
    if enlargement > 1 {
      return image.resized(height: image.height * enlargement, width: image.width * enlargement, by: .nearest)
    }
    guard reduction < 1 else { return image }
    return image.resized(
      height: max(1, Int(Double(image.height) * reduction)), width: max(1, Int(Double(image.width) * reduction)),
      by: .bilinear)
  }

  /// The upper left corner of a picture: centred over its label, standing on it.
  func place(row: Int, column: Int, of image: PixelImage) -> (row: Int, column: Int) {
    let corner = corner(row: row, column: column)
    return (corner.row + cellHeight - image.height, corner.column + (cellWidth - image.width) / 2)
  }

  func labelCorner(row: Int, column: Int) -> (row: Int, column: Int) {
    let corner = corner(row: row, column: column)
    return (corner.row + cellHeight, corner.column)
  }

  private func corner(row: Int, column: Int) -> (row: Int, column: Int) {
    (
      Self.gap + row * (cellHeight + Self.labelHeight + Self.gap), Self.gap + column * (cellWidth + Self.gap)
    )
  }
}
