public import ConvoLanguage

/// Another language than convo's own that cells may be written in. A cell is in one language as a whole.
///
/// What a dialect does to the session it does by running convo's commands, so that checks, events and random numbers are
/// those of the language.
public protocol CellDialect: Sendable {
  /// Whether a text is in this language.
  func owns(_ source: SourceText) -> Bool

  /// Whether a text ends in the middle of a statement, so that a prompt asks for more.
  func isIncomplete(_ source: SourceText) -> Bool

  /// A text cut into its statements.
  func cells(of source: SourceText) -> [SourceText]

  /// Every mistake of cells, run one after the other from a state, that can be found without running them.
  func mistakes(
    in cells: [SourceText], from state: SessionState, catalog: CommandCatalog
  ) async -> [LocatedDiagnostic]

  /// Runs a cell. What it says and its errors are the context's.
  ///
  /// - Returns: the state that it leads to, and whether it succeeded.
  func run(_ source: SourceText, in context: CommandContext) async -> (state: SessionState, ok: Bool)
}
