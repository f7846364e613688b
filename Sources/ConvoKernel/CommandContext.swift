public import ConvoData
public import ConvoLanguage
public import ConvoOutput
import ConvoThreads

/// What a running command may look at, and how it speaks.
public struct CommandContext: Sendable {
  /// The session as it was when the command began.
  public let state: SessionState
  public let catalog: CommandCatalog
  public let interruption: Interruption
  /// Decoded pixels, shared by all generators of the session and its forks.
  public let cache: PixelCache
  private let send: @Sendable (OutputEvent.Content) -> Void
  private let runInside: RunInside

  typealias RunInside =
    @Sendable (
      _ source: SourceText, _ state: SessionState, _ send: @escaping @Sendable (OutputEvent.Content) -> Void
    ) async -> (state: SessionState, ok: Bool)

  init(
    state: SessionState, catalog: CommandCatalog, interruption: Interruption, cache: PixelCache,
    send: @escaping @Sendable (OutputEvent.Content) -> Void, runInside: @escaping RunInside
  ) {
    self.state = state
    self.catalog = catalog
    self.interruption = interruption
    self.cache = cache
    self.send = send
    self.runInside = runInside
  }

  /// Runs commands on a state of their own: what they say is the running command's, and the session stays as it is
  /// unless the state that they lead to is made its own, by `SessionChange.replaceState`.
  ///
  /// - Parameter show: where what they say goes; to where the running command's goes unless given.
  /// - Returns: the state that they lead to, and whether all succeeded. Behind one that failed, none runs.
  public func run(
    _ source: SourceText, from state: SessionState, show: (@Sendable (OutputEvent.Content) -> Void)? = nil
  ) async -> (state: SessionState, ok: Bool) {
    await runInside(source, state, show ?? send)
  }

  /// Says something; may be called from any thread.
  public func emit(_ content: OutputEvent.Content) {
    send(content)
  }

  /// Says a sentence.
  public func say(_ text: String, _ style: StyledText.Style = .plain) {
    send(.text(StyledText(text, style)))
  }

  /// Runs blocking work on a thread of its own.
  public func onOwnThread<Success: Sendable>(
    _ work: @escaping @Sendable () throws -> Success
  ) async throws -> Success {
    try await withCheckedThrowingContinuation { continuation in
      let thread = WorkerThreads(count: 1) { _ in continuation.resume(with: Result(catching: work)) }
      guard !thread.isEmpty else {
        let error = CommandError(.system, "no thread could be started", help: "close other programs and try again")
        continuation.resume(throwing: error)
        return
      }
      thread.detach()
    }
  }
}

extension CommandContext {
  /// The active model. Throws where there is none.
  public func activeModel() throws(CommandError) -> TrainedModel {
    guard let model = state.activeModel else {
      throw CommandError(.notReady, "there is no model yet", help: "begin one with: new model input=300x300x3")
    }
    return model
  }

  /// The generator of that name. Throws with the nearest spelling where there is none.
  public func generator(_ name: String, parameter: String) throws(CommandError) -> ImageGenerator {
    if let generator = state.generator(named: name) { return generator }
    let names = state.generators.map(\.name)
    let help =
      names.isEmpty
      ? "make one with: load generator \(name) from DIRECTORY"
      : Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
        ?? "there are: " + names.joined(separator: ", ")
    throw CommandError(.unknownName, "there is no generator '\(name)'", help: help, parameter: parameter)
  }
}
