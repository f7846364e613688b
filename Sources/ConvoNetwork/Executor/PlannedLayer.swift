import ConvoTensor

/// A layer that can be turned into stages.
protocol PlannedLayer: LayerSpec {
  /// Whether a ReLU's gradient may be taken after this layer instead of before it. It may where the layer picks values
  /// by their order: the largest of a window is above zero exactly where its own ReLU lets the gradient through. It
  /// saves the work on all values that were not picked.
  var lateReLU: Bool { get }

  /// Whether training has to see all samples of a batch at once.
  var needsWholeBatch: Bool { get }

  /// Appends the stages that compute the layer. The activation of a model's last layer is left out: the loss is computed
  /// from the linear part.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError)
}

extension PlannedLayer {
  var lateReLU: Bool { false }
  var needsWholeBatch: Bool { false }
}
