import ConvoOutput

/// The progress of running work as the last line of a terminal, redrawn in place. What is written goes through the
/// closure in one piece, so that nothing half drawn is ever seen.
///
/// The cursor rests at the line's first column: should the window get narrower and the terminal break the line in two,
/// clearing from there to the end of the screen clears both.
struct LiveLine {
  /// Faster than this, nobody sees a difference.
  static let leastInterval = Duration.milliseconds(66)

  private static let clear = "\u{1B}[J"

  private let painter: Painter
  /// What is on the screen.
  private var drawn: Progress?
  private var lastDrawing: ContinuousClock.Instant?
  /// The epoch that has begun and not ended, as it was last heard of.
  private var openEpoch: Progress?
  /// Whether that was left on the screen for good.
  private var epochStands = false

  init(painter: Painter) {
    self.painter = painter
  }

  /// What to write for news of the work.
  mutating func update(_ progress: Progress, width: Int, now: ContinuousClock.Instant) -> String {
    var text = ""
    if progress.isEpoch {
      if openEpoch?.title != progress.title {
        text += close(width: width) + painter.paint(TextLayout(width: width).lines(of: Line(progress.title)))
        lastDrawing = nil
      }
      openEpoch = progress
      epochStands = false
    } else if progress.isDone {
      lastDrawing = nil
      return erase()
    }
    if drawn?.title != progress.title || progress.isDone { lastDrawing = nil }
    if let lastDrawing, lastDrawing.duration(to: now) < Self.leastInterval { return text }
    lastDrawing = now
    drawn = progress
    // The last column stays free: there, terminals differ on where the cursor goes.
    let line = progress.line.single(width: max(1, width - 1))
    return text + painter.paint(line) + Self.clear + "\r"
  }

  /// What to write before anything else.
  mutating func erase() -> String {
    defer { drawn = nil }
    return drawn == nil ? "" : Self.clear
  }

  /// What to write before something that was said while the work goes on: it belongs behind the steps that it was said
  /// after.
  mutating func leave(width: Int) -> String {
    let text = erase()
    guard let epoch = openEpoch, epoch.done > 0, !epochStands else { return text }
    epochStands = true
    return text + painter.paint(epoch.line.finished(width: width))
  }

  /// What to write before what ends the work: an epoch that did not come to its end is left standing.
  mutating func close(width: Int) -> String {
    defer { openEpoch = nil }
    return leave(width: width)
  }

  /// What to write for an epoch that came to its end.
  mutating func finish(_ report: EpochReport, width: Int) -> String {
    let title = openEpoch?.title == report.title ? [] : TextLayout(width: width).lines(of: Line(report.title))
    if openEpoch?.title == report.title { openEpoch = nil }
    return close(width: width) + painter.paint(title + report.line.finished(width: width))
  }
}
