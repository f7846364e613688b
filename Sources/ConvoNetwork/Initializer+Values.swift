import ConvoTensor

extension Initializer {
  /// Fills a weight with its first values.
  ///
  /// They depend on the seed and on the places of the layer and of the weight in it, on nothing else: a layer that is
  /// added at the end leaves the values of the others alone.
  ///
  /// - Parameters:
  ///   - layer: The index of the layer in its model.
  ///   - weight: The index of the weight in its layer.
  public func fill(_ values: UnsafeMutableBufferPointer<Float>, seed: UInt64, layer: Int, weight: Int) {
    switch self {
    case .zeros: values.update(repeating: 0)
    case .ones: values.update(repeating: 1)
    case .glorotUniform(let fanIn, let fanOut):
      let limit = Float((6 / (Double(fanIn) + Double(fanOut))).squareRoot())
      var generator = SeededGenerator(seed, UInt64(layer), UInt64(weight))
      for index in values.indices { values[index] = (2 * generator.nextUnit() - 1) * limit }
    }
  }
}

extension Model {
  /// The first values of all weights, layer by layer in Keras's order, one flat block.
  public func initialWeights(seed: UInt64) -> [Float] {
    var values: [Float] = []
    for (layerIndex, layer) in layers.enumerated() {
      for (weightIndex, weight) in layer.weights.enumerated() {
        // `add` refuses a weight whose count does not fit.
        let count = weight.shape.count ?? 0
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: count))
        values.withUnsafeMutableBufferPointer { values in
          weight.initializer.fill(
            UnsafeMutableBufferPointer(rebasing: values[start..<start + count]), seed: seed, layer: layerIndex,
            weight: weightIndex)
        }
      }
    }
    return values
  }
}
