import ConvoTraining

extension ClassLabels {
  /// The probability of each class: with one output, of the two that it tells apart.
  func probabilities(of outputs: [Float]) -> [Double] {
    Probabilities.of(outputs, areLogits: areLogits)
  }
}
