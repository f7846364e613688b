import ConvoTensor

/// Where every weight of a model lies in one flat block of floats: layer after layer, in Keras's order and layouts.
public struct WeightLayout: Sendable {
  /// One weight tensor in its place.
  public struct Entry: Sendable {
    /// The layer's index in the model.
    public let layer: Int
    public let weight: WeightSpec
    /// The floats of the flat block that hold it.
    public let range: Range<Int>
  }

  public let entries: [Entry]
  /// The number of floats.
  public let count: Int

  /// The layout of the model's weights.
  public init(_ model: Model) {
    var entries: [Entry] = []
    var end = 0
    for (index, layer) in model.layers.enumerated() {
      for weight in layer.weights {
        // A model refuses layers whose weights can't be counted.
        let count = weight.shape.count ?? 0
        entries.append(Entry(layer: index, weight: weight, range: end..<end + count))
        end += count
      }
    }
    self.entries = entries
    count = end
  }

  /// The weights of one layer, in Keras's order.
  func entries(ofLayer index: Int) -> [Entry] {
    entries.filter { $0.layer == index }
  }
}
