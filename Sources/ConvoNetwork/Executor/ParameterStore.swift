import ConvoTensor

/// The weights of a model and their gradients, in the flat blocks that the optimizer works on.
struct ParameterStore: Sendable {
  let layout: WeightLayout
  let weights: FloatBuffer
  /// Empty where nothing is trained.
  let gradients: FloatBuffer

  init(_ model: Model, forTraining: Bool) {
    layout = WeightLayout(model)
    weights = FloatBuffer(count: layout.count)
    gradients = FloatBuffer(count: forTraining ? layout.count : 0)
  }

  /// The weights of one layer, in Keras's order.
  func ofLayer(_ index: Int) -> [Parameters] {
    layout.entries(ofLayer: index).map { entry in
      Parameters(
        shape: entry.weight.shape, count: entry.range.count,
        values: MemoryPlace(buffer: weights, offset: entry.range.lowerBound),
        gradients: gradients.count == 0 ? nil : MemoryPlace(buffer: gradients, offset: entry.range.lowerBound))
    }
  }
}
