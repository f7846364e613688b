/// How far `fit` goes; names and defaults are Keras's.
public struct FitSettings: Sendable, Hashable {
  /// The batches of an epoch; `nil` for as many as show every image once. An epoch of more steps goes around again.
  public var stepsPerEpoch: Int?
  /// The epochs to finish. Finishing an interrupted one counts.
  public var epochs: Int
  /// The batches of validation; `nil` for as many as show every image once.
  public var validationSteps: Int?
  /// What looks at the end of every epoch.
  public var callbacks = FitCallbacks()
  /// Whether the end of every epoch is kept, so that it can be gone back to.
  public var keepsEpochs = true
  /// Whether to measure where the time goes.
  public var isProfiled = false

  /// Keras's defaults for what is not given.
  public init(stepsPerEpoch: Int? = nil, epochs: Int = 1, validationSteps: Int? = nil) {
    self.stepsPerEpoch = stepsPerEpoch
    self.epochs = epochs
    self.validationSteps = validationSteps
  }

  /// Checks what can be checked without looking at model or data.
  public func check(after state: LearnedState) throws(TrainingError) {
    try Self.checkPositive(epochs, "epochs")
    try Self.checkPositive(stepsPerEpoch ?? 1, "steps_per_epoch")
    try Self.checkPositive(validationSteps ?? 1, "validation_steps")
    if state.epochsDone.addingReportingOverflow(epochs).overflow {
      throw .setting(
        name: "epochs", value: epochs, reason: "that is more than can be counted", help: "give fewer epochs")
    }
  }

  static func checkPositive(_ value: Int, _ name: String) throws(TrainingError) {
    guard value < 1 else { return }
    throw .setting(name: name, value: value, reason: "there must be at least 1", help: "give \(name)=1 or more")
  }
}
