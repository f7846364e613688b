public import ConvoLanguage

/// Something that a session holds and the kernel knows nothing of, such as the place in a lesson: a value of which there
/// is one of each type.
public protocol SessionPart: Sendable {}

/// Looks at the session after each cell, such as a lesson that waits for an exercise to be solved.
public protocol CellObserver: Sendable {
  /// Called when the commands of a cell have run, before its `ended` event. What it says belongs to the cell.
  ///
  /// - Parameter ok: whether all of them succeeded.
  func cellEnded(_ source: SourceText, ok: Bool, in context: CommandContext) async -> [SessionChange]
}
