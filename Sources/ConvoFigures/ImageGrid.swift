public import ConvoImages

/// Pictures side by side, each with its label below.
///
/// A small picture is enlarged by a whole number of times, pixel by pixel; all are reduced alike only where the sheet
/// would get larger than ``largestSide``.
public struct ImageGrid: Sendable {
  /// One picture of the grid.
  public struct Cell: Sendable {
    public var image: PixelImage
    /// Written in bold.
    public var label: String
    /// Written below it, shortened where it is too long.
    public var detail: String

    public init(image: PixelImage, label: String, detail: String) {
      self.image = image
      self.label = label
      self.detail = detail
    }
  }

  /// The longest side that a sheet has unless its labels need more, in pixels.
  public static let largestSide = 2400

  private let cells: [Cell]
  private let columns: Int

  /// - Precondition: at least one cell and one column.
  public init(_ cells: [Cell], columns: Int) {
    precondition(!cells.isEmpty && columns > 0, "a grid has a cell and a column")
    self.cells = cells
    self.columns = columns
  }

  /// The sheet, `[height, width, 3]`. Without any font on the system it has no labels.
  public func drawn() -> PixelImage {
    let layout = GridLayout(
      largest: (cells.map(\.image.height).max() ?? 1, cells.map(\.image.width).max() ?? 1),
      rows: (cells.count - 1) / columns + 1, columns: columns, largestSide: Self.largestSide)
    var sheet = Sheet(height: layout.height, width: layout.width)
    for (index, cell) in cells.enumerated() {
      let image = layout.scaled(cell.image)
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let place = layout.place(row: row, column: column, of: image)
      sheet.place(image, row: place.row, column: place.column)
    }
    let labels = LabelLayer(height: layout.height, width: layout.width)
    for (index, cell) in cells.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let corner = layout.labelCorner(row: row, column: column)
      labels.write(
        cell.label, cell.detail, row: corner.row, column: corner.column, width: layout.cellWidth,
        lineHeight: GridLayout.lineHeight)
    }
    labels.draw(on: &sheet)
    return sheet.image
  }
}
