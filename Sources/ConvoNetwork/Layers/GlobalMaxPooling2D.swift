public import ConvoSchema
public import ConvoTensor

/// The largest value of each channel over the whole picture.
///
///     y[c] = max x[i, j, c]      over i, j
///
///     input    [height, width, channels]
///     output   [channels], or [1, 1, channels] with `keepDims`
public struct GlobalMaxPooling2D: LayerSpec {
  /// Whether a picture of one pixel comes out.
  public var keepDims: Bool

  /// Keras's default for what is not given.
  public init(keepDims: Bool = false) {
    self.keepDims = keepDims
  }

  /// Keras's name of the parameter.
  private enum CodingKeys: String, CodingKey {
    case keepDims = "keepdims"
  }
}

extension GlobalMaxPooling2D {
  /// Keras's class name.
  public static let kerasName = "GlobalMaxPooling2D"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "globalmaxpooling2d", aliases: ["GlobalMaxPooling2D", "GlobalMaxPool2D"],
    summary: "The largest value of each channel over the whole picture",
    details: """
      One number is left of each channel: how strongly its pattern was found, wherever that was. 7x7x64 becomes 64, where \
      flatten would make 3136 of it. The layer has no parameters.
      """,
    parameters: [LayerArguments.dataFormat, LayerArguments.keepDims],
    examples: [
      Example(
        "add globalmaxpooling2d", "In place of flatten: 16 numbers, whatever the size of the picture",
        after: ["new model input=64x64x3", "add conv2d 16 3x3 activation=relu"])
    ],
    keras: "layers.GlobalMaxPooling2D()")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try arguments.checkDataFormat()
    try self.init(keepDims: arguments.boolean("keepdims"))
  }
}

extension GlobalMaxPooling2D {
  /// None.
  public var activation: Activation { .linear }

  /// Throws where the input is not a picture.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let channels = try input.channelsOfPicture(for: "globalmaxpooling2d")
    return keepDims ? [1, 1, channels] : [channels]
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension GlobalMaxPooling2D {
  /// A number for each channel.
  public func arithmetic(for input: Shape) -> LayerArithmetic { .ofWholePicture(input, keepDims: keepDims) }
}

extension GlobalMaxPooling2D: PlannedLayer {
  /// One pooling stage.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    try builder.poolAll(.largest, keepDims: keepDims, named: layer.name)
  }
}
