public import ConvoSchema
public import ConvoTensor

/// Leaves out some of the values, others at every step, so that no unit can rely on another one.
///
///     y = x / (1 - rate)   with the chance 1 - rate, else 0        in training
///     y = x                                                        in use
///
///     input, output   any shape
///
/// (Srivastava et al., 2014; the scaling in training is Keras's.) What is left out follows from the seed, the layer, the
/// number of the step, the sample's place in its batch and the value's place in the sample: it is the same for any number
/// of threads, and after an interruption.
public struct Dropout: LayerSpec {
  /// The chance of a value to be left out, from 0 up to, but without, 1.
  public var rate: Double
  /// Decides what is left out, instead of the session's seed.
  public var seed: Int?

  /// Keras's defaults for what is not given.
  public init(rate: Double, seed: Int? = nil) {
    self.rate = rate
    self.seed = seed
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
        help: "The chance of a value to be left out, below 1"),
      Parameter(
        "seed", .optional(.integer(Int.min...Int.max)), .named, .defaults(to: .none),
        help: "Decides what is left out; the session's seed where none"),
    ],
    examples: [
      Example(
        "add dropout 0.5", "Before the dense layers",
        after: ["new model input=16x16x3", "add flatten"])
    ],
    keras: "layers.Dropout(0.5)")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    let rate = try arguments.number("rate")
    guard rate >= 0, rate < 1 else {
      throw ArgumentError(
        parameter: "rate", problem: "rate must be at least 0 and below 1: with 1 nothing would be left",
        help: "such as 0.5")
    }
    try self.init(rate: rate, seed: arguments.integerIfGiven("seed"))
  }
}

extension Dropout {
  /// None.
  public var activation: Activation { .linear }

  /// The input's shape. Throws where the rate leaves nothing.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard rate >= 0, rate < 1 else {
      throw ShapeError("dropout needs a rate of at least 0 and below 1, not \(rate)", help: "such as dropout 0.5")
    }
    return input
  }

  /// None.
  public func weights(for input: Shape) -> [WeightSpec] { [] }
}

extension Dropout: PlannedLayer {
  /// One stage in training, none in use.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    guard builder.forTraining else { return }
    // The places of the values in a sample do not depend on what oneDNN chooses.
    try builder.reorderToPlain(named: layer.name)
    let shape = builder.shape
    let stage = DropoutStage(
      name: "\(layer.name): dropout", mask: DropoutMask(rate: rate, seed: seed, layer: layer.index),
      layout: builder.layout, samples: builder.batch, hasBackward: builder.wantsInputGradient)
    try builder.append(stage, output: shape, named: layer.name)
  }
}
