public import ConvoNetwork

extension LearnedState {
  /// The epochs that can be gone back to, in order; 0 stands for the first weights.
  public var keptEpochs: [Int] { kept.epochs }

  /// The epoch with the lowest val_loss, or the lowest loss where there was no validation; `nil` before any finished
  /// one whose value is a number.
  public var bestEpoch: Int? { BestEpoch(of: history).number }

  /// The state at the end of an epoch: training goes on from it to the same bits as if it had ended there.
  ///
  /// - Parameters:
  ///   - epoch: 0 for the first weights.
  ///   - model: The one that the weights belong to.
  public func rewound(to epoch: Int, of model: Model) throws(RewindError) -> LearnedState {
    guard epoch == 0 || history.contains(where: { $0.epoch == epoch }) else {
      throw .noSuchEpoch(epoch, last: epochsDone)
    }
    var state = self
    do throws(ArchiveError) {
      let moment = try kept.moment(epoch)
      guard moment.snapshot.count == model.parameterCount else {
        throw ArchiveError("the model had other layers then")
      }
      state.weights = try moment.snapshot.weights()
      let optimizer = try moment.snapshot.optimizer()
      // What a fit that ends there does.
      if let average = optimizer?[slot: "average"] { state.setTrainable(of: model, to: average) }
      state.optimizer = moment.isOfThisCompilation ? optimizer : nil
      state.learningRate = moment.isOfThisCompilation ? moment.learningRate : nil
    } catch {
      throw .notKept(epoch, error, kept: keptEpochs)
    }
    state.history.removeAll { $0.epoch > epoch }
    state.unfinished = nil
    state.unfinishedCallbacks = nil
    state.kept.forget(from: epoch + 1)
    return state
  }

  /// The weights that the validation of an epoch was measured with.
  public func weights(after epoch: Int) throws(ArchiveError) -> [Float] {
    try kept.moment(epoch).snapshot.weights()
  }

  private mutating func setTrainable(of model: Model, to values: ArraySlice<Float>) {
    for entry in WeightLayout(model).entries where entry.weight.isTrainable {
      for index in entry.range where values.indices.contains(values.startIndex + index) {
        weights[index] = values[values.startIndex + index]
      }
    }
  }
}

/// Why there is no way back to an epoch.
public enum RewindError: Error, Sendable {
  case noSuchEpoch(Int, last: Int)
  /// It was trained, but its weights are not there.
  case notKept(Int, ArchiveError, kept: [Int])
}
