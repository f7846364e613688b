import ConvoTensor

/// What the regularizers of a model's layers add to its loss, and to the gradient, for their weights.
public struct WeightPenalty: Sendable {
  private let terms: [(range: Range<Int>, regularizer: Regularizer)]

  /// The penalty of the model whose weights lie so.
  public init(_ layout: WeightLayout) {
    terms = layout.entries.compactMap { entry in entry.weight.regularizer.map { (entry.range, $0) } }
  }

  /// The penalty for these weights, as the layout has them; 0 where no layer has a regularizer.
  public func value(_ weights: UnsafeMutableBufferPointer<Float>) -> Double {
    terms.reduce(0) { $0 + $1.regularizer.value(weights[$1.range]) }
  }

  /// Adds the penalty's slope.
  ///
  /// - Parameter scale: What the loss was multiplied by before its gradient was taken.
  public func addSlopes(
    of weights: UnsafeMutableBufferPointer<Float>, to gradients: UnsafeMutableBufferPointer<Float>, scale: Float
  ) {
    for (range, regularizer) in terms {
      regularizer.addSlopes(
        at: UnsafeBufferPointer(rebasing: weights[range]), to: UnsafeMutableBufferPointer(rebasing: gradients[range]),
        scale: scale)
    }
  }
}
