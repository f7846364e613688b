public import ConvoSchema

/// Stochastic gradient descent.
///
/// With g the gradient, η the learning rate and µ the momentum:
///
///     w ← w - g η                                  µ = 0
///     m ← m µ - g η;   w ← w + m                   µ > 0
///     m ← m µ - g η;   w ← w + (m µ - g η)         nesterov
public struct SGD: OptimizerSpec {
  /// How far one step goes.
  public var learningRate: Double = 0.01
  /// The share of the last step that the next one keeps; 0 for none.
  public var momentum: Double = 0
  /// Whether momentum looks a step ahead.
  public var nesterov: Bool = false
  /// What every optimizer can do.
  public var options = OptimizerOptions()

  /// Keras's defaults.
  public init() {}
}

extension SGD {
  /// Keras's class name.
  public static let kerasName = "SGD"

  /// Keras's names, defaults and meaning.
  public static let schema = Schema(
    "sgd", aliases: ["SGD"],
    summary: "Stochastic gradient descent: every weight takes a step against its gradient",
    details: """
      The same learning rate holds for all weights. With momentum a weight keeps part of its last step, which carries \
      it over small bumps and along valleys.
      """,
    parameters: [
      Parameter(
        "learning_rate", .number(.nonNegative), .named, .defaults(to: .number(0.01)),
        help: "How far one step goes"),
      Parameter(
        "momentum", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0)),
        help: "The share of the last step that the next one keeps"),
      Parameter(
        "nesterov", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether momentum looks a step ahead"),
    ] + OptimizerOptions.parameters,
    examples: [
      Example(
        "compile loss=binary_crossentropy optimizer=sgd learning_rate=0.01 momentum=0.9", "Descent with momentum",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy optimizer=sgd learning_rate=0.1 clipnorm=1 weight_decay=0.001",
        "Large steps that a few large gradients can't spoil, and weights that stay small",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    learningRate = try arguments.float("learning_rate")
    momentum = try arguments.float("momentum")
    nesterov = try arguments.boolean("nesterov")
    options = try OptimizerOptions(arguments)
  }

  /// Keras's names of what is remembered.
  public var formulaSlots: [String] { momentum == 0 ? [] : ["momentum"] }

  /// One step by the formula above.
  public func update(
    _ weights: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
    slots: OptimizerSlots, step: Int
  ) {
    let rate = Float(learningRate)
    let keep = Float(momentum)
    guard momentum != 0 else {
      for index in weights.indices { weights[index] -= gradients[index] * rate }
      return
    }
    let momentums = slots[0]
    if nesterov {
      for index in weights.indices {
        let move = gradients[index] * rate
        let momentum = momentums[index] * keep - move
        momentums[index] = momentum
        weights[index] += momentum * keep - move
      }
    } else {
      for index in weights.indices {
        let momentum = momentums[index] * keep - gradients[index] * rate
        momentums[index] = momentum
        weights[index] += momentum
      }
    }
  }
}
