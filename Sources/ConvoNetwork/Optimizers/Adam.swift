import CSquareRoot
public import ConvoSchema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Adaptive moment estimation (Kingma and Ba, 2015), as Keras has it.
///
/// With g the gradient, η the learning rate and t the number of the step:
///
///     α = η √(1 - β₂ᵗ) / (1 - β₁ᵗ)
///     m ← m + (g - m)(1 - β₁)
///     v ← v + (g² - v)(1 - β₂)
///     v̂ ← max(v̂, v)                               amsgrad; else v̂ = v
///     w ← w - m α / (√v̂ + ε)
public struct Adam: OptimizerSpec {
  /// How far one step goes.
  public var learningRate: Double = 0.001
  /// How much of the running mean of gradients is kept at each step.
  public var beta1: Double = 0.9
  /// How much of the running mean of squared gradients is kept at each step.
  public var beta2: Double = 0.999
  /// Keeps the division from being by zero.
  public var epsilon: Double = 1e-7
  /// Whether to divide by the largest mean of squares so far.
  public var amsgrad: Bool = false
  /// What every optimizer can do.
  public var options = OptimizerOptions()

  /// Keras's defaults.
  public init() {}
}

extension Adam {
  /// Keras's class name.
  public static let kerasName = "Adam"

  /// Keras's names, defaults and meaning.
  public static let schema = Schema(
    "adam", aliases: ["Adam"],
    summary: "rmsprop with momentum, corrected for its first steps",
    details: """
      Each weight moves along a running mean of its gradients, divided by the root of a running mean of their squares. \
      Both means start at zero and are scaled up in the first steps to make good for it.
      """,
    parameters: [
      Parameter(
        "learning_rate", .number(.nonNegative), .named, .defaults(to: .number(0.001)),
        help: "How far one step goes"),
      Parameter(
        "beta_1", .number(.fraction), .named, .defaults(to: .number(0.9)),
        help: "How much of the running mean of gradients is kept at each step"),
      Parameter(
        "beta_2", .number(.fraction), .named, .defaults(to: .number(0.999)),
        help: "How much of the running mean of squared gradients is kept at each step"),
      Parameter(
        "epsilon", .number(.nonNegative), .named, .defaults(to: .number(1e-7)),
        help: "Added to the root, so that nothing is divided by zero"),
      Parameter(
        "amsgrad", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether to divide by the largest mean of squares so far"),
    ] + OptimizerOptions.parameters,
    examples: [
      Example(
        "compile loss=binary_crossentropy optimizer=adam learning_rate=0.001", "A common first choice",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
      Example(
        "compile loss=binary_crossentropy optimizer=adam gradient_accumulation_steps=4",
        "Batches of 32 images then teach like batches of 128, and need less memory",
        after: ["new model input=16x16x3", "add flatten", "add dense 1 activation=sigmoid"]),
    ],
    keras: "keras.optimizers.Adam(learning_rate=0.001)")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    learningRate = try arguments.float("learning_rate")
    beta1 = try arguments.float("beta_1")
    beta2 = try arguments.float("beta_2")
    epsilon = try arguments.float("epsilon")
    amsgrad = try arguments.boolean("amsgrad")
    options = try OptimizerOptions(arguments)
  }

  /// Keras's names of what is remembered.
  public var formulaSlots: [String] { ["momentum", "velocity"] + (amsgrad ? ["velocity_hat"] : []) }

  /// One step by the formula above.
  public func update(
    _ weights: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
    slots: OptimizerSlots, step: Int
  ) {
    // In 32 bits like Keras: 1 - 0.999 differs from its 64-bit value in the fifth digit.
    let alpha =
      Float(learningRate) * (1 - pow(Float(beta2), Float(step))).squareRoot() / (1 - pow(Float(beta1), Float(step)))
    let (take1, take2) = (Float(1 - beta1), Float(1 - beta2))
    let small = Float(epsilon)
    let (momentums, velocities) = (slots[0], slots[1])
    for index in weights.indices { momentums[index] += (gradients[index] - momentums[index]) * take1 }
    for index in weights.indices {
      let gradient = gradients[index]
      velocities[index] += (gradient * gradient - velocities[index]) * take2
    }
    var divisors = velocities
    if amsgrad {
      divisors = slots[2]
      for index in weights.indices {
        divisors[index] = divisors[index] > velocities[index] ? divisors[index] : velocities[index]
      }
    }
    for index in weights.indices {
      weights[index] -= momentums[index] * alpha / (convo_square_root(divisors[index]) + small)
    }
  }
}
