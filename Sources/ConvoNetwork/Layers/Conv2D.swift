public import ConvoSchema
public import ConvoTensor

/// A two-dimensional convolution: every filter looks at a small window of the picture, everywhere.
///
///     y[i, j, f] = activation(b[f] + Σ x[i·s + u - p, j·s + v - p, c] · w[u, v, c, f])      over u, v, c
///
/// with s the stride and p the padding before the first pixel.
///
///     input    [height, width, channels]
///     output   [output height, output width, filters]     see `Window`
///     kernel   [kernel height, kernel width, channels, filters]
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

  /// Keras's defaults for what is not given.
  public init(
    filters: Int, kernelSize: [Int], strides: [Int] = [1, 1], padding: Padding = .valid,
    activation: Activation = .linear, useBias: Bool = true
  ) {
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.activation = activation
    self.useBias = useBias
  }

  /// Keras's names of the parameters.
  private enum CodingKeys: String, CodingKey {
    case filters
    case kernelSize = "kernel_size"
    case strides, padding, activation
    case useBias = "use_bias"
  }
}

extension Conv2D {
  /// Keras's class name.
  public static let kerasName = "Conv2D"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "conv2d", aliases: ["Conv2D"],
    summary: "Filters that look at a small window of the picture, everywhere",
    details: """
      Each filter multiplies the pixels under its window by weights of its own, adds them up with its bias and applies \
      the activation: one number for each place of the window. The numbers of one filter make one channel of the \
      output. The weights are the same everywhere, so the filter finds its pattern wherever it is.

      With padding=valid the window stays within the picture, and a 3x3 window takes one pixel off each edge: 300x300 \
      becomes 298x298. With padding=same and strides=1x1 the size stays.

      Parameters: kernel height · kernel width · input channels · filters, and one bias for each filter.
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
      LayerArguments.activation,
      LayerArguments.useBias,
    ],
    examples: [
      Example(
        "add conv2d 16 3x3 activation=relu", "16 filters with a window of 3x3 pixels: the first layer of the notes",
        after: ["new model input=300x300x3"]),
      Example(
        "add conv2d 8 5x5 strides=2x2 padding=same", "Half the height and the width, without pooling",
        after: ["new model input=32x32x3"]),
    ],
    keras: "layers.Conv2D(16, (3, 3), activation='relu')")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try self.init(
      filters: arguments.count("filters"), kernelSize: arguments.sides("kernel_size"),
      strides: arguments.sides("strides"), padding: arguments.padding(), activation: arguments.activation(),
      useBias: arguments.boolean("use_bias"))
  }
}

extension Conv2D {
  var window: Window { Window(kernel: kernelSize, stride: strides, padding: padding) }

  /// Throws where the input is not a picture, or is smaller than the window.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard filters >= 1 else { throw ShapeError("conv2d needs at least 1 filter, not \(filters)") }
    let (height, width) = try window.output(of: input, in: "conv2d")
    return [height, width, filters]
  }

  /// Kernel and bias.
  public func weights(for input: Shape) -> [WeightSpec] {
    let channels = input.sides.last ?? 1
    let area = Shape(kernelSize)
    let kernel = WeightSpec(
      name: "kernel", shape: Shape(kernelSize + [channels, filters]),
      initializer: .glorotUniform(fanIn: area.fan(channels), fanOut: area.fan(filters)))
    let bias = WeightSpec(name: "bias", shape: [filters], initializer: .zeros)
    return useBias ? [kernel, bias] : [kernel]
  }
}

extension Conv2D: PlannedLayer {
  /// One convolution stage, and the activation's.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    let gradients: ConvolutionKernel.Gradients =
      builder.wantsInputGradient ? .filtersAndSource : builder.forTraining ? .filters : .none
    let kernel = try ConvolutionKernel(
      input: builder.shape, batch: builder.batch, filters: filters, window: window, hasBias: useBias,
      relu: layer.activation == .relu, gradients: gradients)
    guard let (height, width) = window.output(height: builder.shape.sides[0], width: builder.shape.sides[1]) else {
      throw ComputeError("forward convolution", .invalidArguments)
    }
    let products =
      Shape([builder.batch, height, width, filters, builder.shape.sides[2]] + kernelSize).count ?? .max / 4
    let stage = try ConvolutionStage(
      name: "\(layer.name): convolution\(layer.activation == .relu ? " and ReLU" : "")",
      reason: "\(Shape(kernelSize)) window: oneDNN", operations: 2 * min(products, .max / 8), kernel: kernel,
      wants: gradients, parameters: layer.parameters)
    try builder.append(stage, output: [height, width, filters], named: layer.name)
    try builder.activate(layer, fusedReLU: true)
  }
}
