import ConvoData
public import ConvoLanguage
public import ConvoOutput

/// The one kernel behind every face: a cell's source goes in, a stream of events comes out.
///
/// Cells run one at a time, in the order in which they were given. A command that fails changes nothing, and ends its
/// cell.
public actor Session {
  public nonisolated let catalog: CommandCatalog
  private nonisolated let interruption = Interruption()
  private let cache: PixelCache
  public private(set) var state: SessionState
  public private(set) var transcript = Transcript()
  private var lastCell = 0
  private var running: Task<Void, Never>?

  public init(catalog: CommandCatalog, state: SessionState) {
    self.init(catalog: catalog, state: state, cache: PixelCache(budget: state.settings.cacheBytes))
  }

  private init(catalog: CommandCatalog, state: SessionState, cache: PixelCache) {
    self.catalog = catalog
    self.state = state
    self.cache = cache
  }

  /// Runs a cell. The stream ends after the cell's `ended` event.
  public func execute(_ source: SourceText) -> AsyncStream<OutputEvent> {
    let (stream, continuation) = AsyncStream.makeStream(of: OutputEvent.self)
    let previous = running
    running = Task {
      await previous?.value
      await self.run(source, continuation)
      continuation.finish()
    }
    return stream
  }

  /// Asks the running cell to stop at its next convenient point; of no effect where none runs. May be called from any
  /// thread.
  public nonisolated func interrupt() {
    interruption.request()
  }

  /// A session of its own that starts from this one's state.
  public func fork() -> Session {
    Session(catalog: catalog, state: state, cache: cache)
  }

  /// Every mistake that can be found without running anything.
  public nonisolated func check(_ source: SourceText) -> [LocatedDiagnostic] {
    Preparation(source, catalog: catalog).diagnostics
  }

  private func run(_ source: SourceText, _ continuation: AsyncStream<OutputEvent>.Continuation) async {
    interruption.clear()
    lastCell += 1
    let cell = lastCell
    let start = ContinuousClock.now
    // Commands speak from threads of their own, which can't wait for the actor: the transcript is brought up to date
    // when the cell has ended.
    let recorder = TranscriptRecorder()
    let send: @Sendable (OutputEvent.Content) -> Void = { content in
      let event = OutputEvent(cell: cell, content)
      recorder.append(event)
      continuation.yield(event)
    }
    send(.began(source: source.text))
    let preparation = Preparation(source, catalog: catalog)
    for diagnostic in preparation.diagnostics { send(.error(diagnostic)) }
    var ok = preparation.diagnostics.isEmpty
    if ok {
      for bound in preparation.commands {
        ok = await run(bound, in: source, send: send)
        if !ok { break }
      }
    }
    let elapsed = start.duration(to: .now)
    send(.ended(ok: ok, seconds: elapsed / .seconds(1)))
    recorder.events.forEach { transcript.append($0) }
  }

  /// Runs one command and applies its changes; `false` where it failed or was interrupted.
  private func run(
    _ bound: BoundCommand, in source: SourceText, send: @escaping @Sendable (OutputEvent.Content) -> Void
  ) async -> Bool {
    let context = CommandContext(
      state: state, catalog: catalog, interruption: interruption, cache: cache, send: send)
    do {
      for change in try await bound.command.run(in: context) { apply(change) }
      guard interruption.isRequested else { return true }
      let diagnostic = Diagnostic(
        code: CommandError.Code.interrupted.rawValue, message: "interrupted",
        help: "everything up to here is kept", span: bound.syntax.verb.span)
      send(.error(LocatedDiagnostic(diagnostic, in: source)))
    } catch let failure as PartialFailure {
      failure.changes.forEach(apply)
      send(.error(LocatedDiagnostic(Self.diagnostic(for: failure.error, in: bound), in: source)))
    } catch {
      send(.error(LocatedDiagnostic(Self.diagnostic(for: error, in: bound), in: source)))
    }
    return false
  }

  private func apply(_ change: SessionChange) {
    state = state.applying(change)
    if case .setSettings(let settings) = change { cache.budget = settings.cacheBytes }
  }

  private static func diagnostic(for error: any Error, in bound: BoundCommand) -> Diagnostic {
    guard let error = error as? CommandError else {
      return Diagnostic(
        code: CommandError.Code.system.rawValue, message: String(describing: error), span: bound.syntax.span)
    }
    return Diagnostic(
      code: error.code.rawValue, message: error.message, help: error.help,
      span: error.parameter.flatMap { bound.places[$0] } ?? bound.syntax.verb.span)
  }
}
