public import ConvoSchema
public import ConvoTensor

/// Every value times a number, plus a number.
///
///     y = x · scale + offset
///
/// Either may be a list with one number for each channel, the last side of the input.
///
///     input    any shape
///     output   the same
public struct Rescaling: LayerSpec {
  public var scale: PerChannel
  public var offset: PerChannel

  /// Keras's default for what is not given.
  public init(scale: PerChannel, offset: PerChannel = PerChannel(0)) {
    self.scale = scale
    self.offset = offset
  }
}

extension Rescaling {
  /// Keras's class name.
  public static let kerasName = "Rescaling"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "rescaling", aliases: ["Rescaling"],
    summary: "Multiplies every value by a number and adds another",
    details: """
      As the first layer, scale=1/255 brings the bytes of a picture to 0 to 1, and scale=1/127.5 offset=-1 to -1 to 1. \
      The model then carries it along, and the generator needs no rescale=. Do it in one place only: twice makes every \
      picture nearly black.

      A list has one number for each channel. The layer has no parameters that training would change.
      """,
    parameters: [
      Parameter("scale", numbers, .positional, .required, help: "What values are multiplied by, like 1/255"),
      Parameter("offset", numbers, .named, .defaults(to: .number(0)), help: "What is added then"),
    ],
    examples: [
      Example(
        "add rescaling scale=1/255", "Bytes become numbers from 0 to 1", after: ["new model input=64x64x3"]),
      Example(
        "add rescaling scale=1/127.5 offset=-1", "Bytes become numbers from -1 to 1",
        after: ["new model input=64x64x3"]),
    ],
    keras: "layers.Rescaling(1./255)")

  private static var numbers: ValueKind { .either([.number(.any), .list(of: .number(.any))]) }

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try self.init(scale: arguments.perChannel("scale"), offset: arguments.perChannel("offset"))
  }
}

extension Rescaling {
  /// None.
  public var activation: Activation { .linear }

  /// The input's. Throws where a list is not as long as there are channels.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let channels = input.sides.last ?? 0
    for (name, values) in [("scale", scale), ("offset", offset)] {
      guard values.spread(over: channels) != nil else {
        throw ShapeError(
          """
          rescaling has \(name)=\(values), which is \(values.numbers.count) numbers, and its input of \(input) has \
          \(channels == 1 ? "one channel" : "\(channels) channels")
          """,
          help: "give \(name) as one number" + (channels == 1 ? "" : ", or as a list of \(channels)"))
      }
    }
    return input
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension Rescaling {
  /// Nothing changes.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    LayerArithmetic(explanation: "the shape stays; scale and offset are given, so there is nothing to learn")
  }
}

extension Rescaling: PlannedLayer {
  /// One stage.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    let channels = builder.shape.sides.last ?? 0
    guard let scale = scale.spread(over: channels), let offset = offset.spread(over: channels) else {
      throw ComputeError("rescaling", .invalidArguments)
    }
    try builder.reorderToPlain(named: layer.name)
    let stage = RescalingStage(
      name: "\(layer.name): rescaling", layout: builder.layout, scale: scale, offset: offset,
      run: builder.isFlat ? 1 : builder.shape.sides.dropLast().last ?? 1, hasBackward: builder.wantsInputGradient)
    try builder.append(stage, output: builder.shape, named: layer.name)
  }
}
