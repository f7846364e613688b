public import ConvoSchema

/// What training makes small: how far a model's outputs are from the truth, one number for each sample. A value: the kind
/// of loss with its options.
///
/// Each kind has a file of its own with its formula; `Kind` is the catalog. Values and gradients are those of Keras 3 on
/// TensorFlow, down to the clipping, and are tested against both finite differences and recorded Keras values.
public struct Loss: Sendable, Hashable {
  /// The losses that can be typed.
  public enum Kind: String, CaseIterable, Sendable, Hashable, Codable {
    case binaryCrossentropy = "binary_crossentropy"
    case categoricalCrossentropy = "categorical_crossentropy"
    case sparseCategoricalCrossentropy = "sparse_categorical_crossentropy"
    case meanSquaredError = "mean_squared_error"
  }

  /// Which formula.
  public var kind: Kind
  /// How far the truth is moved towards "don't know", from 0 to 1; only the kinds that have the option look at it.
  public var labelSmoothing: Double = 0
  /// Whether the model's outputs are logits; only the cross-entropies look at it.
  public var fromLogits: Bool = false

  /// Keras's defaults for the options.
  public init(_ kind: Kind) {
    self.kind = kind
  }

  /// Takes what the schema of a kind has accepted; `nil` where there is no such kind.
  public init?(_ arguments: Arguments) throws(ArgumentError) {
    guard let kind = Kind(named: arguments.name) else { return nil }
    self.kind = kind
    if kind.schema.parameter(LossOption.labelSmoothing.name) != nil {
      labelSmoothing = try arguments.float(LossOption.labelSmoothing.name)
    }
    if kind.schema.parameter(LossOption.fromLogits.name) != nil {
      fromLogits = try arguments.boolean(LossOption.fromLogits.name)
    }
  }

  /// How many numbers the truth of one sample has, for a model with this many outputs: 1 where the truth is the index of
  /// a class, else one for each output.
  public func targetWidth(outputs: Int) -> Int {
    kind.function.targetWidth(outputs: outputs)
  }
}

extension Loss {
  public static let binaryCrossentropy = Loss(.binaryCrossentropy)
  public static let categoricalCrossentropy = Loss(.categoricalCrossentropy)
  public static let sparseCategoricalCrossentropy = Loss(.sparseCategoricalCrossentropy)
  public static let meanSquaredError = Loss(.meanSquaredError)
}

extension Loss.Kind {
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
    guard let kind = Self.allCases.first(where: { $0.schema.answers(to: name) }) else { return nil }
    self = kind
  }
}
