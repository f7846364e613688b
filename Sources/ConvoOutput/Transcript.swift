/// All that the cells of a session said, in order.
public struct Transcript: Sendable {
  /// One cell: what was typed, and what came of it.
  public struct Cell: Sendable {
    public var number: Int
    public var source: String
    public var contents: [OutputEvent.Content]
    /// `nil` while the cell runs.
    public var ok: Bool?
  }

  public private(set) var cells: [Cell] = []

  public init() {}

  /// Notes an event. Progress is of the moment and is not kept.
  public mutating func append(_ event: OutputEvent) {
    switch event.content {
    case .began(let source):
      cells.append(Cell(number: event.cell, source: source, contents: [], ok: nil))
    case .ended(let ok, _):
      if let index = index(of: event.cell) { cells[index].ok = ok }
    case .progress:
      break
    case .text, .table, .chart, .image, .dataset, .summary, .batch, .epoch, .evaluation, .prediction, .error:
      if let index = index(of: event.cell) { cells[index].contents.append(event.content) }
    }
  }

  private func index(of cell: Int) -> Int? {
    cells.lastIndex { $0.number == cell }
  }
}
