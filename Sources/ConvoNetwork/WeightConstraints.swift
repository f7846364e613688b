import ConvoTensor

/// What the constraints of a model's layers do to its weights. Keras applies them after every step: also after those
/// that only gather gradients, and after a moving average has taken the weights' place.
public struct WeightConstraints: Sendable {
  private let entries: [WeightLayout.Entry]

  /// Those of the model whose weights lie so.
  public init(_ layout: WeightLayout) {
    entries = layout.entries.filter { $0.weight.constraint != nil && $0.weight.isTrainable }
  }

  /// Changes these weights, as the layout has them.
  public func apply(to weights: UnsafeMutableBufferPointer<Float>) {
    for entry in entries {
      entry.weight.constraint?.apply(
        to: UnsafeMutableBufferPointer(rebasing: weights[entry.range]), shape: entry.weight.shape)
    }
  }
}
