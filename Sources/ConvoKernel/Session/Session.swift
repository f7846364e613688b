import ConvoData
public import ConvoLanguage
public import ConvoOutput

/// The one kernel behind every face: a cell's source goes in, a stream of events comes out.
///
/// Cells run one at a time, in the order in which they were given. A command that fails changes nothing, and ends its
/// cell.
public actor Session {
  public nonisolated let catalog: CommandCatalog
  private nonisolated let interruption: Interruption
  private let cache: PixelCache
  private let observer: (any CellObserver)?
  public private(set) var state: SessionState
  public private(set) var transcript = Transcript()
  private var lastCell = 0
  private var running: Task<Void, Never>?

  /// - Parameter observer: looks at the session after each cell.
  public init(catalog: CommandCatalog, state: SessionState, observer: (any CellObserver)? = nil) {
    self.init(
      catalog: catalog, state: state, cache: PixelCache(budget: state.settings.cacheBytes), observer: observer)
  }

  private init(
    catalog: CommandCatalog, state: SessionState, cache: PixelCache, observer: (any CellObserver)? = nil,
    interruption: Interruption = Interruption()
  ) {
    self.catalog = catalog
    self.state = state
    self.cache = cache
    self.observer = observer
    self.interruption = interruption
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

  /// A session of its own that starts from this one's state, and that nobody observes.
  public func fork() -> Session {
    Session(catalog: catalog, state: state, cache: cache)
  }

  /// Goes over to another state, between cells.
  public func start(from state: SessionState) {
    self.state = state
  }

  /// Every mistake of cells in the dialect, run one after the other from here, that can be found without running them.
  public func mistakes(in cells: [SourceText], of dialect: any CellDialect) async -> [LocatedDiagnostic] {
    await dialect.mistakes(in: cells, from: state, catalog: catalog)
  }

  /// Every mistake of a text in convo's own language that can be found without running anything.
  public nonisolated func check(_ source: SourceText) -> [LocatedDiagnostic] {
    catalog.mistakes(in: source)
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
    let ok = await runCommands(of: source, send: send)
    if let observer {
      for change in await observer.cellEnded(source, ok: ok, in: context(send)) { apply(change) }
    }
    let elapsed = start.duration(to: .now)
    send(.ended(ok: ok, seconds: elapsed / .seconds(1)))
    recorder.events.forEach { transcript.append($0) }
  }

  /// Runs all commands of a source text, up to the first that fails; `false` where one did.
  private func runCommands(
    of source: SourceText, send: @escaping @Sendable (OutputEvent.Content) -> Void
  ) async -> Bool {
    if let dialect = catalog.dialect(of: source) { return await run(source, in: dialect, send: send) }
    let preparation = Preparation(source, catalog: catalog)
    for diagnostic in preparation.diagnostics { send(.error(diagnostic)) }
    guard preparation.diagnostics.isEmpty else { return false }
    for bound in preparation.commands {
      guard await run(bound, in: source, send: send) else { return false }
    }
    return true
  }

  /// Runs a cell of another language; `false` where it failed.
  private func run(
    _ source: SourceText, in dialect: any CellDialect, send: @escaping @Sendable (OutputEvent.Content) -> Void
  ) async -> Bool {
    let mistakes = await mistakes(in: [source], of: dialect)
    for mistake in mistakes { send(.error(mistake)) }
    guard mistakes.isEmpty else { return false }
    let (next, ok) = await dialect.run(source, in: context(send))
    apply(.replaceState(next))
    return ok
  }

  private func context(_ send: @escaping @Sendable (OutputEvent.Content) -> Void) -> CommandContext {
    CommandContext(
      state: state, catalog: catalog, interruption: interruption, cache: cache, send: send,
      runInside: { [weak self] source, state, send in
        await self?.runInside(source, from: state, send: send) ?? (state, false)
      })
  }

  /// Runs the commands of a source text on a state of their own while a command runs; the session's state stays.
  private func runInside(
    _ source: SourceText, from state: SessionState, send: @escaping @Sendable (OutputEvent.Content) -> Void
  ) async -> (state: SessionState, ok: Bool) {
    let inner = Session(catalog: catalog, state: state, cache: cache, interruption: interruption)
    let ok = await inner.runCommands(of: source, send: send)
    return (await inner.state, ok)
  }

  /// Runs one command and applies its changes; `false` where it failed or was interrupted.
  private func run(
    _ bound: BoundCommand, in source: SourceText, send: @escaping @Sendable (OutputEvent.Content) -> Void
  ) async -> Bool {
    let before = state
    do {
      for change in try await bound.command.run(in: context(send)) { apply(change) }
      write(bound, since: before, isComplete: true)
      guard interruption.isRequested else { return true }
      let diagnostic = Diagnostic(
        code: CommandError.Code.interrupted.rawValue, message: "interrupted",
        help: "everything up to here is kept", span: bound.syntax.verb.span)
      send(.error(LocatedDiagnostic(diagnostic, in: source)))
    } catch let failure as PartialFailure {
      failure.changes.forEach(apply)
      write(bound, since: before, isComplete: false)
      send(.error(LocatedDiagnostic(Self.diagnostic(for: failure.error, in: bound), in: source)))
    } catch {
      send(.error(LocatedDiagnostic(Self.diagnostic(for: error, in: bound), in: source)))
    }
    return false
  }

  /// Adds what a command did to the session's program.
  private func write(_ bound: BoundCommand, since before: SessionState, isComplete: Bool) {
    guard let command = bound.command as? any KerasWriting else { return }
    let run = CommandRun(arguments: bound.arguments, before: before, after: state, isComplete: isComplete)
    command.write(to: &state.program, run)
  }

  private func apply(_ change: SessionChange) {
    state = state.applying(change)
    if cache.budget != state.settings.cacheBytes { cache.budget = state.settings.cacheBytes }
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
