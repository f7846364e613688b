import ConvoTensor

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

extension Initializer {
  /// Fills a weight with its first values.
  ///
  /// They depend on the seed and on the places of the layer and of the weight in it, on nothing else: a layer that is
  /// added at the end leaves the values of the others alone.
  ///
  /// - Parameters:
  ///   - shape: The weight's shape, in Keras's layout.
  ///   - layer: The index of the layer in its model.
  ///   - weight: The index of the weight in its layer.
  func fill(
    _ values: UnsafeMutableBufferPointer<Float>, shape: Shape, seed: UInt64, layer: Int, weight: Int
  ) {
    var generator = SeededGenerator(seed, UInt64(layer), UInt64(weight))
    switch distribution(for: shape) {
    case .constant(let value): values.update(repeating: value)
    case .uniform(let limit):
      let limit = Float(limit)
      for index in values.indices { values[index] = (2 * generator.nextUnit() - 1) * limit }
    case .normal(let deviation, let cutOff):
      for index in values.indices {
        values[index] = Float(generator.nextNormal(within: cutOff ?? .infinity) * deviation)
      }
    }
  }
}

extension SeededGenerator {
  /// A number from the normal distribution of mean 0 and standard deviation 1; those beyond `cutOff` are drawn again.
  ///
  /// Marsaglia's polar method (1964): (u, v) within the unit circle, s = u² + v², u · √(-2 · log s / s).
  fileprivate mutating func nextNormal(within cutOff: Double) -> Double {
    while true {
      let u = nextSymmetric()
      let v = nextSymmetric()
      let square = u * u + v * v
      guard square > 0, square < 1 else { continue }
      let number = u * (-2 * log(square) / square).squareRoot()
      if abs(number) <= cutOff { return number }
    }
  }

  /// One of 2⁵³ evenly spaced numbers from -1 up to, but without, 1.
  private mutating func nextSymmetric() -> Double {
    Double(next() >> 11) * 0x1p-52 - 1
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
            UnsafeMutableBufferPointer(rebasing: values[start..<start + count]), shape: weight.shape, seed: seed,
            layer: layerIndex, weight: weightIndex)
        }
      }
    }
    return values
  }
}
