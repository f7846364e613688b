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
  /// Why it ended before its last epoch, where `early_stopping` did that.
  public var stop: EarlyStop?
  /// The best epoch: by what `early_stopping` monitors, else by val_loss or loss.
  public var bestEpoch: Int?
  /// Where the time of the training steps went, where it was asked for.
  public var profile: FitProfile?
}
