/// What `fit` came to.
public struct FitOutcome: Sendable {
  /// Why it ended.
  public enum Ending: Sendable {
    /// All epochs are done.
    case finished
    /// The learner stopped it; `LearnedState.unfinished` says where.
    case interrupted
    /// It could not go on.
    case failed(TrainingError)
  }

  /// All that was learned up to the end.
  public var state: LearnedState
  /// Why it ended.
  public var ending: Ending
  /// Where the time of the training steps went, where it was asked for.
  public var profile: FitProfile?
}
