import CSquareRoot
public import ConvoSchema

/// Root mean square propagation (Tieleman and Hinton, 2012), as Keras has it.
///
/// With g the gradient, η the learning rate, ρ the decay, µ the momentum, and a = 0 unless centered:
///
///     v ← ρ v + (1 - ρ) g²
///     a ← ρ a + (1 - ρ) g                          centered
///     s = η g / √(v - a² + ε)
///     w ← w - s                                    µ = 0
///     m ← µ m + s;   w ← w - m                     µ > 0
public struct RMSprop: OptimizerSpec {
  /// How far one step goes.
  public var learningRate: Double = 0.001
  /// How much of the running mean of squared gradients is kept at each step.
  public var rho: Double = 0.9
  /// The share of the last step that the next one keeps; 0 for none.
  public var momentum: Double = 0
  /// Keeps the division from being by zero.
  public var epsilon: Double = 1e-7
  /// Whether the mean gradient is taken off first.
  public var centered: Bool = false
  /// What every optimizer can do.
  public var options = OptimizerOptions()

  /// Keras's defaults.
  public init() {}
}

extension RMSprop {
  /// Keras's class name.
  public static let kerasName = "RMSprop"

  /// Keras's names, defaults and meaning.
  public static let schema = Schema(
    "rmsprop", aliases: ["RMSprop"],
    summary: "Steps of a size of its own for every weight, by the gradients that it has seen lately",
    details: """
      Each gradient is divided by the root of a running mean of its squares. A weight with small gradients then moves \
      about as fast as one with large ones, and one learning rate suits all layers.
      """,
    parameters: [
      Parameter(
        "learning_rate", .number(.nonNegative), .named, .defaults(to: .number(0.001)),
        help: "How far one step goes"),
      Parameter(
        "rho", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0.9)),
        help: "How much of the running mean of squared gradients is kept at each step"),
      Parameter(
        "momentum", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0)),
        help: "The share of the last step that the next one keeps"),
      Parameter(
        "epsilon", .number(.nonNegative), .named, .defaults(to: .number(1e-7)),
        help: "Added under the root, so that nothing is divided by zero"),
      Parameter(
        "centered", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether the mean gradient is taken off first, which leaves the variance"),
    ] + OptimizerOptions.parameters,
    examples: [
      Example(
        "compile loss=binary_crossentropy optimizer=rmsprop learning_rate=0.001", "The optimizer of the notes",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy optimizer=rmsprop use_ema=true ema_momentum=0.95",
        "fit ends with an average of the last weights, which is steadier than the very last ones",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "keras.optimizers.RMSprop(learning_rate=0.001)")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    learningRate = try arguments.float("learning_rate")
    rho = try arguments.float("rho")
    momentum = try arguments.float("momentum")
    epsilon = try arguments.float("epsilon")
    centered = try arguments.boolean("centered")
    options = try OptimizerOptions(arguments)
  }

  /// Keras's names of what is remembered.
  public var formulaSlots: [String] {
    ["velocity"] + (momentum > 0 ? ["momentum"] : []) + (centered ? ["average_gradient"] : [])
  }

  /// One step by the formula above.
  public func update(
    _ weights: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
    slots: OptimizerSlots, step: Int
  ) {
    let rate = Float(learningRate)
    let (keep, take) = (Float(rho), Float(1 - rho))
    let small = Float(epsilon)
    let velocities = slots[0]
    if momentum == 0, !centered {
      for index in weights.indices {
        let gradient = gradients[index]
        let velocity = keep * velocities[index] + take * (gradient * gradient)
        velocities[index] = velocity
        weights[index] -= rate * gradient / convo_square_root(velocity + small)
      }
      return
    }
    for index in weights.indices {
      let gradient = gradients[index]
      velocities[index] = keep * velocities[index] + take * (gradient * gradient)
    }
    // From here on, `gradients` are the moves.
    if centered {
      let averages = slots[momentum > 0 ? 2 : 1]
      for index in weights.indices {
        let gradient = gradients[index]
        let average = keep * averages[index] + take * gradient
        averages[index] = average
        let spread = velocities[index] - average * average
        gradients[index] = rate * gradient / convo_square_root(spread + small)
      }
    } else {
      for index in weights.indices {
        gradients[index] = rate * gradients[index] / convo_square_root(velocities[index] + small)
      }
    }
    if momentum > 0 {
      let inertia = Float(momentum)
      let momentums = slots[1]
      for index in weights.indices {
        let move = inertia * momentums[index] + gradients[index]
        momentums[index] = move
        weights[index] -= move
      }
    } else {
      for index in weights.indices { weights[index] -= gradients[index] }
    }
  }
}
