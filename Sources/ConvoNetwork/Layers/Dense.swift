public import ConvoSchema
public import ConvoTensor

/// Every unit looks at all values.
///
///     y[u] = activation(b[u] + Σ x[i] · w[i, u])      over i
///
/// On a picture the layer works on the channels of each pixel by itself, as Keras's does on the last axis.
///
///     input    [inputs]   or [height, width, inputs]
///     output   [units]    or [height, width, units]
///     kernel   [inputs, units]
///     bias     [units]
public struct Dense: LayerSpec {
  /// The number of outputs.
  public var units: Int
  public var activation: Activation
  public var useBias: Bool
  public var kernelInitializer: Initializer
  public var biasInitializer: Initializer
  /// Penalties on large weights; `nil` for none.
  public var kernelRegularizer, biasRegularizer: Regularizer?
  /// A penalty on large outputs; `nil` for none.
  public var activityRegularizer: Regularizer?
  /// What the weights are made to keep to; `nil` for nothing.
  public var kernelConstraint, biasConstraint: WeightConstraint?

  /// Keras's defaults for what is not given.
  public init(
    units: Int, activation: Activation = .linear, useBias: Bool = true,
    kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros,
    kernelRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
    activityRegularizer: Regularizer? = nil, kernelConstraint: WeightConstraint? = nil,
    biasConstraint: WeightConstraint? = nil
  ) {
    self.units = units
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
    self.biasRegularizer = biasRegularizer
    self.activityRegularizer = activityRegularizer
    self.kernelConstraint = kernelConstraint
    self.biasConstraint = biasConstraint
  }

  /// Keras's names of the parameters.
  private enum CodingKeys: String, CodingKey {
    case units, activation
    case useBias = "use_bias"
    case kernelInitializer = "kernel_initializer"
    case biasInitializer = "bias_initializer"
    case kernelRegularizer = "kernel_regularizer"
    case biasRegularizer = "bias_regularizer"
    case activityRegularizer = "activity_regularizer"
    case kernelConstraint = "kernel_constraint"
    case biasConstraint = "bias_constraint"
  }
}

extension Dense {
  /// Keras's class name.
  public static let kerasName = "Dense"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "dense", aliases: ["Dense"],
    summary: "Units that each look at all values",
    details: """
      Each unit multiplies every input by a weight of its own, adds them up with its bias and applies the activation. \
      The last layer of a model is usually dense: one unit with activation=sigmoid for two classes, or one unit for \
      each class with activation=softmax.

      Parameters: inputs · units, and one bias for each unit.
      """,
    parameters: [
      Parameter(
        "units", .integer(LayerArguments.count), .positional, .required, help: "How many units, and so how many outputs"
      ),
      LayerArguments.activation,
      LayerArguments.useBias,
      LayerArguments.kernelInitializer,
      LayerArguments.biasInitializer,
      LayerArguments.kernelRegularizer,
      LayerArguments.biasRegularizer,
      LayerArguments.activityRegularizer,
      LayerArguments.kernelConstraint,
      LayerArguments.biasConstraint,
    ],
    examples: [
      Example(
        "add dense 512 activation=relu", "512 units that look at all values of the picture",
        after: ["new model input=16x16x3", "add flatten"]),
      Example(
        "add dense 1 activation=sigmoid", "One output between 0 and 1: which of two classes",
        after: ["new model input=16x16x3", "add flatten"]),
      Example(
        "add dense 64 activation=relu kernel_regularizer=\"l2(0.001)\" kernel_constraint=\"max_norm(3)\"",
        "Against learning by heart: large weights cost, and those of a unit keep to a norm of 3",
        after: ["new model input=16x16x3", "add flatten"]),
    ],
    keras: "layers.Dense(512, activation='relu')")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try self.init(
      units: arguments.count("units"), activation: arguments.activation(), useBias: arguments.boolean("use_bias"),
      kernelInitializer: arguments.initializer("kernel_initializer"),
      biasInitializer: arguments.initializer("bias_initializer"),
      kernelRegularizer: arguments.regularizer("kernel_regularizer"),
      biasRegularizer: arguments.regularizer("bias_regularizer"),
      activityRegularizer: arguments.regularizer("activity_regularizer"),
      kernelConstraint: arguments.constraint("kernel_constraint"),
      biasConstraint: arguments.constraint("bias_constraint"))
  }
}

extension Dense {
  /// The input's shape with the units in place of the last side.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard units >= 1 else { throw ShapeError("dense needs at least 1 unit, not \(units)") }
    guard !input.sides.isEmpty else { throw ShapeError("dense needs an input with at least one side") }
    return Shape(input.sides.dropLast() + [units])
  }

  /// Kernel and bias.
  public func weights(for input: Shape) -> [WeightSpec] {
    let inputs = input.sides.last ?? 1
    let kernel = WeightSpec(
      name: "kernel", shape: [inputs, units], initializer: kernelInitializer,
      regularizer: kernelRegularizer, constraint: kernelConstraint)
    let bias = WeightSpec(
      name: "bias", shape: [units], initializer: biasInitializer, regularizer: biasRegularizer,
      constraint: biasConstraint)
    return useBias ? [kernel, bias] : [kernel]
  }
}

extension Dense {
  /// The units in place of the last side.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    let inputs = input.sides.last ?? 1
    let names = input.sides.count == 3 ? ["height", "width"] : input.sides.dropLast().map { _ in "side" }
    return LayerArithmetic(
      sides: zip(names, input.sides).map { .init($0, $1, "\($1)") } + [.init("units", units, "\(units)")],
      parameters: .init(
        "parameters", parameterCount(for: input),
        useBias ? "\(inputs) × \(units) + \(units)" : "\(inputs) × \(units)"),
      explanation: """
        each unit has a weight for every value that it sees\(useBias ? ", and a bias" : ""): values × units\
        \(useBias ? " + units" : "")
        """)
  }
}

extension Dense: PlannedLayer {
  /// One stage of matrix products, on rows or on the pixels of pictures, and the activation's.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    let leading = builder.isFlat ? 1 : Shape(builder.shape.sides.dropLast()).count ?? 0
    // As in `Conv2D`: TensorFlow makes 0 of a NaN where it computes the ReLU together with the product and the bias.
    let fusesReLU = layer.activation == .relu && useBias && builder.isFlat
    let stage = try DenseStage(
      name: "\(layer.name): matrix product\(fusesReLU ? " and ReLU" : "")", samples: builder.batch,
      rowsOfSample: leading, onRows: builder.isFlat, relu: fusesReLU, hasBackward: builder.forTraining,
      wantsInputGradient: builder.wantsInputGradient, kernels: builder.kernels, parameters: layer.parameters)
    let output = Shape(builder.shape.sides.dropLast() + [units])
    try builder.reorderToPlain(named: layer.name)
    builder.seeRows(as: stage.input)
    try builder.append(stage, output: output, named: layer.name)
    try builder.seePictures()
    try builder.activate(layer, fusedReLU: fusesReLU)
  }
}
