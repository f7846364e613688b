import ConvoOutput

extension OutputEvent.Content {
  /// Wider text is hard to read; tables may be wider.
  static let widestText = 100

  /// The lines that every face of text prints for this; none for what each shows in a way of its own.
  func lines(width: Int) -> [Line] {
    let textWidth = min(width, Self.widestText)
    return switch self {
    case .text(let text): TextLayout.lines(of: text, width: textWidth)
    case .table(let table): table.lines(width: width)
    case .chart(let chart): chart.lines(width: textWidth)
    case .image(let picture): picture.lines(width: textWidth)
    case .dataset(let report): report.lines(width: textWidth)
    case .summary(let summary): summary.lines(width: width)
    case .batch(let report): report.lines(width: textWidth)
    case .evaluation(let report): report.lines(width: textWidth)
    case .prediction(let report): report.lines(width: textWidth)
    case .error(let error): error.lines(width: textWidth)
    case .began, .progress, .epoch, .ended: []
    }
  }
}
