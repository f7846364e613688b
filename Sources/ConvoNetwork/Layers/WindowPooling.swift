import ConvoSchema
import ConvoTensor

/// A layer that keeps one number of each window, channel by channel. What tells one such layer from another is the
/// function, and the words that explain it.
protocol WindowPooling: PlannedLayer {
  static var function: PoolingKernel.Function { get }

  /// `[height, width]` of the window.
  var poolSize: [Int] { get }
  /// `[height, width]` of the step from window to window; `nil` for the window's own size.
  var strides: [Int]? { get }
  var padding: Padding { get }

  init(poolSize: [Int], strides: [Int]?, padding: Padding)
}

/// Keras's names of a pooling layer's parameters.
enum WindowPoolingKeys: String, CodingKey {
  case poolSize = "pool_size"
  case strides, padding
}

extension WindowPooling {
  /// Keras's order.
  ///
  /// - Parameter poolSize: Whether the window's size has a default, which differs between the layers.
  static func parameters(poolSize: Parameter.Presence) -> [Parameter] {
    [
      Parameter(
        "pool_size", .size(sides: 2...2), .positional, poolSize, unit: "pixels", help: "Height and width of the window"),
      Parameter(
        "strides", .optional(.size(sides: 2...2)), .named, .defaults(to: .none), unit: "pixels",
        help: "How far the window moves, down and across; none for its own size"),
      LayerArguments.padding,
      LayerArguments.dataFormat,
    ]
  }

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try arguments.checkDataFormat()
    try self.init(
      poolSize: arguments.sides("pool_size"), strides: arguments.sidesIfGiven("strides"), padding: arguments.padding())
  }

  var window: Window { Window(kernel: poolSize, stride: strides ?? poolSize, padding: padding) }

  /// None.
  public var activation: Activation { .linear }

  /// Throws where the input is not a picture, or is smaller than the window.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let (height, width) = try window.output(of: input, in: Self.schema.name)
    return [height, width, input.sides[2]]
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }

  /// Height and width by the window; channels stay, and nothing is learned.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    let channels = input.sides.last ?? 1
    return LayerArithmetic(
      sides: window.equations(on: input) + [.init("channels", channels, "\(channels)")],
      explanation: """
        one number is kept of each window, channel by channel, so channels stay and there is nothing to learn; \
        \(window.placesInWords)
        """)
  }

  var lateReLU: Bool { Self.function == .largest }

  /// One pooling stage.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    try builder.pool(Self.function, window, named: layer.name)
  }
}
