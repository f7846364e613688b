public import ConvoSchema
public import ConvoTensor

/// An activation as a layer of its own.
///
///     y = activation(x)
///
///     input    any shape
///     output   the same
public struct ActivationLayer: LayerSpec {
  public var activation: Activation

  /// A layer that applies the function.
  public init(_ activation: Activation) {
    self.activation = activation
  }
}

extension ActivationLayer {
  /// Keras's class name.
  public static let kerasName = "Activation"

  /// Keras's name.
  public static let schema = Schema(
    "activation", aliases: ["Activation"],
    summary: "Applies a function to every value, as a layer of its own",
    details: """
      The same functions as with activation= of conv2d and dense, for where something else stands between the two: \
      conv2d, batchnormalization, then activation relu. The layer has no parameters.
      """,
    parameters: [
      Parameter(
        "activation", .choice(Activation.allCases.map(\.rawValue)), .positional, .required,
        help: "The function")
    ],
    examples: [
      Example(
        "add activation relu", "What is below 0 becomes 0", after: ["new model input=64x64x3", "add conv2d 16 3x3"])
    ],
    keras: "layers.Activation('relu')")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try self.init(arguments.activation())
  }
}

extension ActivationLayer {
  /// The input's.
  public func outputShape(for input: Shape) -> Shape { input }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension ActivationLayer {
  /// Nothing changes.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    LayerArithmetic(explanation: "the shape stays; the function is fixed, so there is nothing to learn")
  }
}

extension ActivationLayer: PlannedLayer {
  /// The activation's stage alone.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    try builder.activate(layer)
  }
}
