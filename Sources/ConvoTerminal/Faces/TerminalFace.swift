public import ConvoOutput
import Synchronization

/// Shows events on a terminal: with colors where they are wanted, and with the progress of running work redrawn in
/// place.
public final class TerminalFace: Face {
  private let output: any TextSink
  private let errors: any TextSink
  private let painter: Painter
  private let errorPainter: Painter
  private let pictures: TerminalPictures
  private let live: Mutex<LiveLine>

  /// - Parameters:
  ///   - hasColors: whether to color the output; `hasErrorColors` says so for the errors.
  ///   - environment: variables that tell what the terminal can do, as `NAME=value`; the process's own if nil.
  public init(
    output: any TextSink = StandardStream.output, errors: any TextSink = StandardStream.errors, hasColors: Bool,
    hasErrorColors: Bool, environment: [String]? = nil
  ) {
    self.output = output
    self.errors = errors
    painter = Painter(hasColors: hasColors)
    errorPainter = Painter(hasColors: hasErrorColors)
    pictures = TerminalPictures(environment: environment, hasColors: hasColors)
    live = Mutex(LiveLine(painter: painter))
  }

  public func show(_ event: OutputEvent) {
    let width = output.columns
    let content = event.content
    let text = live.withLock { live in
      switch content {
      case .began: ""
      case .progress(let progress): live.update(progress, width: width, now: .now)
      case .epoch(let report): live.finish(report, width: width)
      case .error, .ended: live.close(width: width)
      case .batch: live.erase() + painter.paint(content.lines(width: width))
      case .image(let picture):
        live.leave(width: width)
          + (pictures.text(of: picture, columns: width, window: output.window)
            ?? painter.paint(content.lines(width: width)))
      case .text, .table, .chart, .dataset, .summary, .evaluation, .prediction:
        live.leave(width: width) + painter.paint(content.lines(width: width))
      }
    }
    if !text.isEmpty { output.write(text) }
    if case .error = content { errors.write(errorPainter.paint(content.lines(width: errors.columns))) }
  }
}
