import ConvoOutput
import Synchronization

/// Collects the events of a running cell, which come from several threads.
final class TranscriptRecorder: Sendable {
  private let collected = Mutex<[OutputEvent]>([])

  func append(_ event: OutputEvent) {
    collected.withLock { $0.append(event) }
  }

  var events: [OutputEvent] {
    collected.withLock { $0 }
  }
}
