public import ConvoData
public import ConvoNetwork

/// What `fit` tells while it runs, in the order in which it happens.
public enum TrainingEvent: Sendable {
  /// Work that has to be done before the first step.
  case preparing(String)
  /// Model, loss or images changed since an epoch was interrupted after `steps` steps: it starts again.
  case startedAgain(epoch: Int, steps: Int)
  /// An epoch begins, or goes on after `stepsDone` steps.
  case epochBegan(EpochPlan, stepsDone: Int, lastEpoch: Int)
  /// A step is done.
  case batch(BatchProgress)
  /// A batch of validation is measured.
  case validating(step: Int, steps: Int)
  /// An epoch is finished, validation included.
  case epoch(EpochRecord, lastEpoch: Int)
  /// Files that were readable when the generator was loaded and are not any more; they are left out.
  case problems([FileProblem])
  /// The loss is not a finite number any more. Training goes on, as Keras does; told once in a `fit`.
  case lossIsNotFinite(epoch: Int, step: Int, help: String)
  /// `reduce_lr` made the learning rate smaller after an epoch.
  case learningRateReduced(epoch: Int, to: Double)
  /// `early_stopping` ends training.
  case stoppedEarly(EarlyStop)
  /// The weights are those of an earlier epoch now.
  case restored(epoch: Int)
  /// The weights that were to be restored can't be read.
  case notRestored(epoch: Int, ArchiveError)
  /// The end of an epoch could not be kept; told once in a `fit`.
  case epochNotKept(epoch: Int, ArchiveError)
  /// Stopped between two batches; the next `fit` goes on from there.
  case interrupted(epoch: Int, stepsDone: Int, steps: Int)
  /// All epochs are done.
  case finished(epochs: Int)
}

/// How far an epoch is.
public struct BatchProgress: Sendable, Hashable {
  /// From 1, over the whole life of the model's weights.
  public var epoch: Int
  /// The number of this batch in the epoch, from 1.
  public var step: Int
  /// The batches of the epoch.
  public var steps: Int
  /// Averages over the epoch so far.
  public var running: Scores
  /// This batch alone, before its step.
  public var alone: Scores
  /// The images of the epoch so far.
  public var images: Int
  /// Spent on training in this epoch so far.
  public var seconds: Double
}
