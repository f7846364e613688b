import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoTraining

extension CommandContext {
  /// Drops what a model has learned, because its weights do not belong to its layers any more, and says so.
  func forgetLearning(of trained: inout TrainedModel, because reason: String) {
    guard let learned = trained.learned else { return }
    trained.learned = nil
    trained.preprocessing = nil
    let epochs = learned.history.count
    say(
      "\(reason), so the model starts anew: what it learned in \(epochs) epoch\(epochs == 1 ? "" : "s") is gone",
      .warning)
  }
}
