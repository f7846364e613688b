public import ConvoSchema
public import ConvoTensor

/// All values in one row, in the order in which they are stored.
///
///     y[(i · width + j) · channels + c] = x[i, j, c]
///
///     input    [height, width, channels]
///     output   [height · width · channels]
public struct Flatten: LayerSpec {
  /// Has no parameters.
  public init() {}
}

extension Flatten {
  /// Keras's class name.
  public static let kerasName = "Flatten"

  /// What can be typed.
  public static let schema = Schema(
    "flatten", aliases: ["Flatten"],
    summary: "Puts all values of a picture in one row, for dense layers to look at",
    details: """
      Row after row, pixel after pixel, channel after channel: 7x7x64 becomes 3136. The layer has no parameters and \
      changes no value.
      """,
    parameters: [LayerArguments.dataFormat],
    examples: [
      Example("add flatten", "Between the pictures and the dense layers", after: ["new model input=28x28x1"])
    ],
    keras: "layers.Flatten()")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try arguments.checkDataFormat()
    self.init()
  }
}

extension Flatten {
  /// None.
  public var activation: Activation { .linear }

  /// Throws where the number of values can't be counted.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard let count = input.count else {
      throw ShapeError("\(input) has too many values for one row", help: "make the input smaller")
    }
    return [count]
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension Flatten {
  /// One row of all values.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    LayerArithmetic(
      sides: [.init("values", input.count ?? .max, input.product)],
      explanation: "all values in one row: height × width × channels; nothing is computed, so there is nothing to learn"
    )
  }
}

extension Flatten: PlannedLayer {
  /// At most a reorder.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    try builder.flatten(named: layer.name)
  }
}
