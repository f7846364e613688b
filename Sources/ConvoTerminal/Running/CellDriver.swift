public import ConvoKernel
public import ConvoLanguage
public import ConvoOutput
import Dispatch
import Synchronization

/// Runs cells to their ends for whoever has to wait for them: the prompt, scripts, lessons.
public struct CellDriver: Sendable {
  /// What became of a cell.
  public struct Outcome: Sendable, Hashable {
    /// The number of the cell.
    public var cell: Int
    public var ok: Bool
    /// Whether Ctrl-C was pressed while the cell ran.
    public var interrupted: Bool
  }

  public let session: Session
  public let face: any Face

  /// How often it looks whether Ctrl-C was pressed.
  private static let interval = DispatchTimeInterval.milliseconds(20)

  public init(session: Session, face: any Face) {
    self.session = session
    self.face = face
  }

  /// Runs a cell, shows what it says, and returns when it has ended. Ctrl-C asks it to stop. A request to end the
  /// process (SIGTERM, SIGHUP) does too, and then this does not return.
  ///
  /// The calling thread waits, and writes to the face itself: the cooperative pool has no thread to spare for a slow
  /// terminal.
  public func run(_ source: SourceText) -> Outcome {
    let outcome = runToEnd(source)
    if let signal = ProcessSignals.endRequest { ProcessSignals.die(of: signal) }
    return outcome
  }

  /// As `run`, but returns in any case.
  func runToEnd(_ source: SourceText) -> Outcome {
    _ = ProcessSignals.takeInterrupt()
    let inbox = Inbox()
    Task { [session] in
      for await event in await session.execute(source) { inbox.put(event) }
      inbox.close()
    }
    var outcome = Outcome(cell: 0, ok: false, interrupted: false)
    while let events = inbox.take(within: Self.interval) {
      passOnInterrupt(&outcome)
      for event in events {
        face.show(event)
        outcome.cell = event.cell
        if case .ended(let ok, _) = event.content { outcome.ok = ok }
        // A slow terminal may take its time to show what has come in.
        passOnInterrupt(&outcome)
      }
    }
    return outcome
  }

  private func passOnInterrupt(_ outcome: inout Outcome) {
    if ProcessSignals.takeInterrupt() { outcome.interrupted = true }
    // Again and again: a request that comes before the cell has begun is lost.
    if outcome.interrupted || ProcessSignals.endRequest != nil { session.interrupt() }
  }

  /// Waits for an answer of the session.
  public func wait<Answer: Sendable>(for question: @escaping @Sendable (Session) async -> Answer) -> Answer {
    let box = Box<Answer>()
    let done = DispatchSemaphore(value: 0)
    Task { [session] in
      let answer = await question(session)
      box.content.withLock { $0 = answer }
      done.signal()
    }
    while true {
      done.wait()
      // The signal comes behind the answer.
      if let answer = box.content.withLock({ $0 }) { return answer }
    }
  }
}

/// Carries an answer from a task to the thread that waits for it.
private final class Box<Answer: Sendable>: Sendable {
  let content = Mutex<Answer?>(nil)
}

/// Hands events from the task that receives them to the thread that shows them.
private final class Inbox: Sendable {
  private struct State {
    var events: [OutputEvent] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  func put(_ event: OutputEvent) {
    state.withLock { state in
      // Of progress only the latest news counts.
      if case .progress(let new) = event.content, case .progress(let old) = state.events.last?.content,
        new.title == old.title
      {
        state.events.removeLast()
      }
      state.events.append(event)
    }
    news.signal()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    news.signal()
  }

  /// What came in, perhaps nothing; `nil` when nothing more will come.
  func take(within interval: DispatchTimeInterval) -> [OutputEvent]? {
    _ = news.wait(timeout: .now() + interval)
    return state.withLock { state in
      defer { state.events = [] }
      return state.events.isEmpty && state.isClosed ? nil : state.events
    }
  }
}
