public import ConvoOutput

/// Shows results and errors, and keeps what happens on the way to itself: what `--quiet` asks for.
public final class QuietFace: Face {
  private let face: any Face

  public init(_ face: any Face) {
    self.face = face
  }

  public func show(_ event: OutputEvent) {
    switch event.content {
    case .progress, .batch, .epoch, .dataset: break
    case .began, .text, .table, .chart, .image, .summary, .evaluation, .prediction, .error, .ended: face.show(event)
    }
  }
}
