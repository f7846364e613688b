import ConvoTerminal
import Synchronization

/// Keeps what a face writes.
final class MemorySink: TextSink {
  private let written = Mutex("")
  private let width: Mutex<Int>

  init(columns: Int = 80) {
    width = Mutex(columns)
  }

  var columns: Int {
    get { width.withLock { $0 } }
    set { width.withLock { $0 = newValue } }
  }

  var text: String { written.withLock { $0 } }

  func write(_ text: String) {
    written.withLock { $0 += text }
  }
}
