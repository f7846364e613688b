public import ConvoSchema

/// What training makes small: how far a model's outputs are from the truth, one number for each sample.
///
/// Each case has a file of its own with its formula; this list is the catalog. Values and gradients are those of Keras 3
/// on TensorFlow, down to the clipping, and are tested against both finite differences and recorded Keras values.
public enum Loss: String, CaseIterable, Sendable, Hashable, Codable {
  case binaryCrossentropy = "binary_crossentropy"
  case categoricalCrossentropy = "categorical_crossentropy"
  case sparseCategoricalCrossentropy = "sparse_categorical_crossentropy"
  case meanSquaredError = "mean_squared_error"

  /// The formula and the help of the loss.
  var function: any LossFunction.Type {
    switch self {
    case .binaryCrossentropy: BinaryCrossentropy.self
    case .categoricalCrossentropy: CategoricalCrossentropy.self
    case .sparseCategoricalCrossentropy: SparseCategoricalCrossentropy.self
    case .meanSquaredError: MeanSquaredError.self
    }
  }

  /// What can be typed, and what help says.
  public var schema: Schema { function.schema }

  /// The loss that answers to a name: `binary_crossentropy`, or Keras's class name `BinaryCrossentropy`.
  public init?(named name: String) {
    guard let loss = Loss.allCases.first(where: { $0.schema.answers(to: name) }) else { return nil }
    self = loss
  }

  /// How many numbers the truth of one sample has, for a model with this many outputs: 1 where the truth is the index of
  /// a class, else one for each output.
  public func targetWidth(outputs: Int) -> Int {
    function.targetWidth(outputs: outputs)
  }
}
