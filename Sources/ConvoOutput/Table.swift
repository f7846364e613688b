/// Rows of text under headed columns.
public struct Table: Sendable, Hashable {
  public enum Alignment: Sendable, Hashable {
    case left, right
  }

  public struct Column: Sendable, Hashable {
    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  public var title: String
  public var columns: [Column]
  /// Each row has one cell a column.
  public var rows: [[String]]

  public init(title: String, columns: [Column], rows: [[String]]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }
}
