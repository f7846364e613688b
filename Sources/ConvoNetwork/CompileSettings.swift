import ConvoTensor

/// What `compile` sets: what training makes small, how, and what is measured along the way. A value.
public struct CompileSettings: Sendable {
  /// What training makes small.
  public var loss: Loss
  /// How gradients change the weights.
  public var optimizer: any OptimizerSpec
  /// Without repetition, in the order in which they are shown.
  public var metrics: [Metric]

  /// Keras's defaults for what is not given.
  public init(loss: Loss, optimizer: any OptimizerSpec = RMSprop(), metrics: [Metric] = []) {
    self.loss = loss
    self.optimizer = optimizer
    self.metrics = metrics.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension CompileSettings {
  /// The metrics that take outputs for probabilities, where the loss takes them for logits.
  public func metricsMisledByLogits(of model: Model) -> [Metric] {
    loss.fromLogits ? metrics.filter { $0.wantsProbabilities(outputs: model.outputShape.sides.last ?? 1) } : []
  }
}

extension Model {
  /// Sets loss, optimizer and metrics. Throws, and changes nothing, where the loss does not go with the model.
  public mutating func compile(_ settings: CompileSettings) throws(CompileProblem) {
    try check(settings)
    compiled = settings
  }
}
