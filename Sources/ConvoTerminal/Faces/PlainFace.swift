public import ConvoOutput

/// Shows events as text for a file or a pipe: no cursor movement, and one line an epoch.
public final class PlainFace: Face {
  private let output: any TextSink
  private let errors: any TextSink
  private let painter: Painter
  private let errorPainter: Painter

  /// - Parameters:
  ///   - hasColors: whether to color the output; `hasErrorColors` says so for the errors.
  public init(
    output: any TextSink = StandardStream.output, errors: any TextSink = StandardStream.errors,
    hasColors: Bool = false, hasErrorColors: Bool = false
  ) {
    self.output = output
    self.errors = errors
    painter = Painter(hasColors: hasColors)
    errorPainter = Painter(hasColors: hasErrorColors)
  }

  public func show(_ event: OutputEvent) {
    switch event.content {
    case .began, .progress, .ended: break
    case .epoch(let report): output.write(report.plainLine + "\n")
    case .error: errors.write(errorPainter.paint(event.content.lines(width: errors.columns)))
    case .text, .table, .chart, .image, .dataset, .summary, .batch, .evaluation, .prediction:
      output.write(painter.paint(event.content.lines(width: output.columns)))
    }
  }
}
