import ConvoTensor

/// What the regularizers of a model's layers add to its loss, and to the gradient.
public struct WeightPenalty: Sendable {
  private let terms: [(range: Range<Int>, regularizer: Regularizer)]

  /// The penalty of the model whose weights lie so.
  public init(_ layout: WeightLayout) {
    terms = layout.entries.compactMap { entry in entry.weight.regularizer.map { (entry.range, $0) } }
  }

  /// The penalty for these weights, as the layout has them; 0 where no layer has a regularizer.
  public func value(_ weights: UnsafeMutableBufferPointer<Float>) -> Double {
    terms.reduce(0) { sum, term in
      let values = weights[term.range]
      let norm: Double
      switch term.regularizer.kind {
      case .l1: norm = values.reduce(0) { $0 + Double(abs($1)) }
      case .l2: norm = values.reduce(0) { $0 + Double($1) * Double($1) }
      }
      return sum + term.regularizer.strength * norm
    }
  }

  /// Adds the penalty's slope.
  ///
  /// - Parameter scale: What the loss was multiplied by before its gradient was taken.
  public func addSlopes(
    of weights: UnsafeMutableBufferPointer<Float>, to gradients: UnsafeMutableBufferPointer<Float>, scale: Float
  ) {
    for (range, regularizer) in terms {
      let strength = Float(regularizer.strength) * scale
      switch regularizer.kind {
      case .l1:
        for index in range where weights[index] != 0 { gradients[index] += weights[index] < 0 ? -strength : strength }
      case .l2:
        for index in range { gradients[index] += 2 * strength * weights[index] }
      }
    }
  }
}
