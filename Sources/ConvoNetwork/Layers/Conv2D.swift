public import ConvoSchema
public import ConvoTensor

/// A two-dimensional convolution: every filter looks at a small window of the picture, everywhere.
///
///     y[i, j, f] = activation(b[f] + Σ x[i·s + u·d - p, j·s + v·d - p, c] · w[u, v, c, f])      over u, v, c
///
/// with s the stride, d the dilation and p the padding before the first pixel. With several groups, channels and filters
/// are each divided into as many equal parts, and the filters of a part see the channels of their own part alone.
///
///     input    [height, width, channels]
///     output   [output height, output width, filters]     see `Window`
///     kernel   [kernel height, kernel width, channels / groups, filters]
///     bias     [filters]
public struct Conv2D: LayerSpec {
  /// The number of filters, and so of output channels.
  public var filters: Int
  /// `[height, width]` of the window.
  public var kernelSize: [Int]
  /// `[height, width]` of the step from window to window.
  public var strides: [Int]
  public var padding: Padding
  public var activation: Activation
  public var useBias: Bool
  /// `[height, width]`: how many pixels lie from one cell of the window to the next.
  public var dilationRate: [Int]
  /// Divides the channels and the filters.
  public var groups: Int
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
    filters: Int, kernelSize: [Int], strides: [Int] = [1, 1], padding: Padding = .valid, dilationRate: [Int] = [1, 1],
    groups: Int = 1, activation: Activation = .linear, useBias: Bool = true,
    kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros,
    kernelRegularizer: Regularizer? = nil, biasRegularizer: Regularizer? = nil,
    activityRegularizer: Regularizer? = nil, kernelConstraint: WeightConstraint? = nil,
    biasConstraint: WeightConstraint? = nil
  ) {
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.dilationRate = dilationRate
    self.groups = groups
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
    case filters
    case kernelSize = "kernel_size"
    case strides, padding, activation
    case useBias = "use_bias"
    case dilationRate = "dilation_rate"
    case groups
    case kernelInitializer = "kernel_initializer"
    case biasInitializer = "bias_initializer"
    case kernelRegularizer = "kernel_regularizer"
    case biasRegularizer = "bias_regularizer"
    case activityRegularizer = "activity_regularizer"
    case kernelConstraint = "kernel_constraint"
    case biasConstraint = "bias_constraint"
  }
}

extension Conv2D {
  /// Keras's class name.
  public static let kerasName = "Conv2D"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "conv2d", aliases: ["Conv2D", "Convolution2D"],
    summary: "Filters that look at a small window of the picture, everywhere",
    details: """
      Each filter multiplies the pixels under its window by weights of its own, adds them up with its bias and applies \
      the activation: one number for each place of the window. The numbers of one filter make one channel of the \
      output. The weights are the same everywhere, so the filter finds its pattern wherever it is.

      With padding=valid the window stays within the picture, and a 3x3 window takes one pixel off each edge: 300x300 \
      becomes 298x298. With padding=same and strides=1x1 the size stays.

      With dilation_rate=2x2 the window leaves out every other pixel, and so sees a larger part of the picture with as \
      many weights. With groups=2 the first half of the filters sees the first half of the channels alone, and the \
      second the second.

      Parameters: kernel height · kernel width · input channels / groups · filters, and one bias for each filter.
      """,
    parameters: [
      Parameter(
        "filters", .integer(LayerArguments.count), .positional, .required,
        help: "How many filters, and so how many channels come out"),
      Parameter(
        "kernel_size", .size(sides: 2...2), .positional, .required, unit: "pixels",
        help: "Height and width of the window"),
      Parameter(
        "strides", .size(sides: 2...2), .named, .defaults(to: .size([1, 1])), unit: "pixels",
        help: "How far the window moves, down and across"),
      LayerArguments.padding,
      LayerArguments.dataFormat,
      Parameter(
        "dilation_rate", .size(sides: 2...2), .named, .defaults(to: .size([1, 1])), unit: "pixels",
        help: "How far the cells of the window lie apart, down and across; not together with strides"),
      Parameter(
        "groups", .integer(LayerArguments.count), .named, .defaults(to: .integer(1)),
        help: "Into how many parts channels and filters are divided"),
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
        "add conv2d 16 3x3 activation=relu", "16 filters with a window of 3x3 pixels: the first layer of the notes",
        after: ["new model input=300x300x3"]),
      Example(
        "add conv2d 8 5x5 strides=2x2 padding=same", "Half the height and the width, without pooling",
        after: ["new model input=32x32x3"]),
      Example(
        "add conv2d 8 3x3 kernel_constraint=\"max_norm(2, axis=[0, 1, 2])\"",
        "Filters keep to a norm of 2",
        after: ["new model input=32x32x3"]),
    ],
    keras: "layers.Conv2D(16, (3, 3), activation='relu')")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try arguments.checkDataFormat()
    try self.init(
      filters: arguments.count("filters"), kernelSize: arguments.sides("kernel_size"),
      strides: arguments.sides("strides"), padding: arguments.padding(), dilationRate: arguments.sides("dilation_rate"),
      groups: arguments.count("groups"), activation: arguments.activation(), useBias: arguments.boolean("use_bias"),
      kernelInitializer: arguments.initializer("kernel_initializer"),
      biasInitializer: arguments.initializer("bias_initializer"),
      kernelRegularizer: arguments.regularizer("kernel_regularizer"),
      biasRegularizer: arguments.regularizer("bias_regularizer"),
      activityRegularizer: arguments.regularizer("activity_regularizer"),
      kernelConstraint: arguments.constraint("kernel_constraint"),
      biasConstraint: arguments.constraint("bias_constraint"))
    if groups > 1 && filters % groups != 0 {
      throw ArgumentError(
        parameter: "groups", problem: "\(filters) filters can't be divided into \(groups) equal groups",
        help: "make filters a multiple of \(groups)")
    }
    if isDilated && strides != [1, 1] {
      throw ArgumentError(
        parameter: "dilation_rate", problem: "dilation_rate and strides can't both be more than 1",
        help: "leave one of them out")
    }
  }
}

extension Conv2D {
  var window: Window { Window(kernel: kernelSize, stride: strides, padding: padding, dilation: dilationRate) }
  private var isDilated: Bool { dilationRate != [1, 1] }

  /// Throws where the input is not a picture, is smaller than the window, or has channels that can't be divided into
  /// groups.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard filters >= 1 else { throw ShapeError("conv2d needs at least 1 filter, not \(filters)") }
    let (height, width) = try window.output(of: input, in: "conv2d")
    guard groups >= 1, filters % groups == 0, input.sides[2] % groups == 0 else {
      throw ShapeError(
        "\(input.sides[2]) channels and \(filters) filters can't each be divided into \(groups) equal groups",
        help: "choose groups so that it divides both")
    }
    return [height, width, filters]
  }

  /// Kernel and bias.
  public func weights(for input: Shape) -> [WeightSpec] {
    let channels = (input.sides.last ?? 1) / max(groups, 1)
    let kernel = WeightSpec(
      name: "kernel", shape: Shape(kernelSize + [channels, filters]), initializer: kernelInitializer,
      regularizer: kernelRegularizer, constraint: kernelConstraint)
    let bias = WeightSpec(
      name: "bias", shape: [filters], initializer: biasInitializer, regularizer: biasRegularizer,
      constraint: biasConstraint)
    return useBias ? [kernel, bias] : [kernel]
  }
}

extension Conv2D {
  /// Height and width by the window, channels by the filters.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    let channels = input.sides.last ?? 1
    let window = Shape(kernelSize).product
    let seen = groups == 1 ? "\(channels)" : "\(channels) / \(groups)"
    let filter = "\(window) × \(seen)"
    return LayerArithmetic(
      sides: self.window.equations(on: input) + [.init("channels", filters, "\(filters)")],
      parameters: .init(
        "parameters", parameterCount(for: input),
        useBias ? "\(filters) × (\(filter) + 1)" : "\(filters) × \(filter)"),
      explanation: """
        each filter is a window of weights for every channel that it sees\(useBias ? ", and a bias" : "") \
        (\(filter)\(useBias ? " + 1" : "")), and makes one channel; \
        \(self.window.placesInWords)
        """)
  }
}

extension Conv2D: PlannedLayer {
  /// One convolution stage, and the activation's.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    let gradients: ConvolutionKernel.Gradients =
      builder.wantsInputGradient ? .filtersAndSource : builder.forTraining ? .filters : .none
    // TensorFlow computes a ReLU together with the convolution and the bias before it, and there a NaN becomes 0. It does
    // not do so without a bias, with gaps or with groups, and there a NaN stays.
    let fusesReLU = layer.activation == .relu && useBias && !isDilated && groups == 1
    let kernel = try ConvolutionKernel(
      input: builder.shape, batch: builder.batch, filters: filters, groups: groups, window: window, hasBias: useBias,
      relu: fusesReLU, gradients: gradients)
    guard let (height, width) = window.output(height: builder.shape.sides[0], width: builder.shape.sides[1]) else {
      throw ComputeError("forward convolution", .invalidArguments)
    }
    let products =
      Shape([builder.batch, height, width, filters, builder.shape.sides[2] / groups] + kernelSize).count ?? .max / 4
    let stage = try ConvolutionStage(
      name: "\(layer.name): convolution\(fusesReLU ? " and ReLU" : "")",
      reason: activityRegularizer == nil
        ? "\(Shape(kernelSize)) window: oneDNN" : "activity_regularizer wants all outputs: oneDNN",
      operations: 2 * min(products, .max / 8), kernel: kernel,
      groups: groups, wants: gradients, parameters: layer.parameters)
    try builder.append(stage, output: [height, width, filters], named: layer.name)
    try builder.activate(layer, fusedReLU: fusesReLU)
  }
}
