public import ConvoNetwork
public import ConvoTraining

/// What a file holds of a model.
public struct SavedModel: Sendable {
  public var model: Model
  public var learned: LearnedState
  /// `nil` where the file does not say how its images were prepared, as those that Keras wrote.
  public var preprocessing: Preprocessing?
  /// What the file has and convo does without, each in a sentence.
  public var notes: [String] = []

  public init(_ model: Model, _ learned: LearnedState, _ preprocessing: Preprocessing? = nil) {
    self.model = model
    self.learned = learned
    self.preprocessing = preprocessing
  }
}
