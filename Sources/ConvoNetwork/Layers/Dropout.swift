public import ConvoSchema
public import ConvoTensor

/// Leaves out some of the values, others at every step, so that no unit can rely on another one.
///
///     y = x / (1 - rate)   with the chance 1 - rate, else 0        in training
///     y = x                                                        in use
///
///     input, output   any shape
///
/// With a rate of 1 nothing is left in training. With `noiseShape`, values along its sides of 1 are left out together.
///
/// (Srivastava et al., 2014; the scaling in training is Keras's.) What is left out follows from the seed, the layer, the
/// number of the step, the sample's place in its batch and the value's place in the sample: it is the same for any number
/// of threads, and after an interruption.
public struct Dropout: LayerSpec {
  /// The chance of a value to be left out, from 0 to 1.
  public var rate: Double
  /// For the batch and each side of the input: 1 where all along that side share their fate, `nil` or the side's own size
  /// where each has its own; `nil` for each value by itself.
  public var noiseShape: [Int?]?
  /// Decides what is left out, instead of the session's seed.
  public var seed: Int?

  /// Keras's defaults for what is not given.
  public init(rate: Double, noiseShape: [Int?]? = nil, seed: Int? = nil) {
    self.rate = rate
    self.noiseShape = noiseShape
    self.seed = seed
  }

  /// Keras's names of the parameters.
  private enum CodingKeys: String, CodingKey {
    case rate
    case noiseShape = "noise_shape"
    case seed
  }
}

extension Dropout {
  /// Keras's class name.
  public static let kerasName = "Dropout"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "dropout", aliases: ["Dropout"],
    summary: "Leaves out some of the values at every training step, against learning the images by heart",
    details: """
      With rate=0.5 every other value becomes 0, others at each step, and the rest is doubled so that the sum stays. No \
      unit can then rely on a single other one. evaluate and predict leave nothing out, so the loss of training can be \
      above that of validation.

      What is left out follows from the seed and the number of the step: the same training gives the same numbers. The \
      layer has no parameters.
      """,
    parameters: [
      Parameter(
        "rate", .number(NumberBounds(lower: 0, upper: 1)), .positional, .required,
        help: "The chance of a value to be left out"),
      Parameter(
        "noise_shape", .optional(.list(of: .optional(.integer(1...Int.max)))), .named, .defaults(to: .none),
        help: """
          For the batch and each side of the input, 1 where values along it are left out together, else none: \
          [none 1 1 none] leaves out whole channels of a picture
          """),
      Parameter(
        "seed", .optional(.integer(Int.min...Int.max)), .named, .defaults(to: .none),
        help: "Decides what is left out; the session's seed where none"),
    ],
    examples: [
      Example(
        "add dropout 0.5", "Before the dense layers",
        after: ["new model input=16x16x3", "add flatten"]),
      Example(
        "add dropout 0.2 noise_shape=[none 1 1 none]", "Whole channels at a time",
        after: ["new model input=16x16x3", "add conv2d 8 3x3 activation=relu"]),
    ],
    keras: "layers.Dropout(0.5)")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    let rate = try arguments.number("rate")
    guard (0...1).contains(rate) else {
      throw ArgumentError(parameter: "rate", problem: "rate must be from 0 to 1, not \(rate)", help: "such as 0.5")
    }
    try self.init(rate: rate, noiseShape: arguments.noiseShape(), seed: arguments.integerIfGiven("seed"))
  }
}

extension Dropout {
  /// None.
  public var activation: Activation { .linear }

  /// The input's shape. Throws where the rate is no share, or where the noise has another shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard (0...1).contains(rate) else {
      throw ShapeError("dropout needs a rate from 0 to 1, not \(rate)", help: "such as dropout 0.5")
    }
    guard let noiseShape else { return input }
    let written = Value.list(noiseShape.map { $0.map(Value.integer) ?? .none })
    guard noiseShape.count == input.sides.count + 1, noiseShape[0] ?? 1 == 1 else {
      throw ShapeError(
        "noise_shape=\(written) must have none or 1 for the batch, and a number for each of the sides of \(input)",
        help: "such as \(Value.list(Array(repeating: .none, count: input.sides.count + 1)))")
    }
    for (noise, side) in zip(noiseShape.dropFirst(), input.sides) where ![1, side].contains(noise ?? side) {
      throw ShapeError(
        "noise_shape=\(written) does not fit on \(input): each of its numbers must be 1 or the side's own size",
        help: "give none for a side whose values are left out each by itself")
    }
    return input
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension Dropout {
  /// Nothing changes.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    LayerArithmetic(
      explanation: "the shape stays; which values are left out is drawn at random, so there is nothing to learn")
  }
}

extension Arguments {
  /// A list of numbers and `none`; `nil` for `none`.
  fileprivate func noiseShape() throws(ArgumentError) -> [Int?]? {
    let items: [Value]
    switch value("noise_shape") {
    case nil, .some(.none): return nil
    case .list(let list): items = list
    case .size(let sides): return sides
    case .some(let other): throw ArgumentError("noise_shape", "a list of numbers", found: other)
    }
    var shape: [Int?] = []
    for item in items {
      switch item {
      case .integer(let side): shape.append(side)
      case .none: shape.append(nil)
      case .number, .boolean, .text, .size, .list:
        throw ArgumentError("noise_shape", "a list of whole numbers and none", found: item)
      }
    }
    return shape
  }
}

extension Dropout: PlannedLayer {
  /// One stage in training, none in use.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    guard builder.forTraining else { return }
    // The places of the values in a sample do not depend on what oneDNN chooses.
    try builder.reorderToPlain(named: layer.name)
    let shape = builder.shape
    let stage = DropoutStage(
      name: "\(layer.name): dropout", mask: DropoutMask(self, layer: layer.index, input: shape),
      layout: builder.layout, samples: builder.batch, hasBackward: builder.wantsInputGradient)
    try builder.append(stage, output: shape, named: layer.name)
  }
}
