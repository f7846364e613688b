import ConvoSchema

/// What every optimizer can do besides its own formula, with Keras's names, defaults and meaning.
///
/// With g the gradients of a step, in this order:
///
///     g ← g / s                                    loss_scale_factor s: the loss was multiplied by it
///     c ← c + g                                    gradient_accumulation_steps n: nothing more, but at every nth step
///     g ← (c + g) / n;   c ← 0                     … this, and on
///     g ← g · k / max(|g|, k)                      clipnorm k, |g| the norm of one weight tensor's gradient
///     g ← g · k / max(|g|, k)                      global_clipnorm k, |g| the norm of all gradients together
///     g ← min(max(g, -k), k)                       clipvalue k
///     w ← w - w · d · η                            weight_decay d, with η the learning rate
///     w ← the optimizer's formula
///     a ← µ a + (1 - µ) w                          use_ema with ema_momentum µ; at the first step a ← w
///     w ← a                                        every ema_overwrite_frequency steps, and when training ends
public struct OptimizerOptions: Sendable, Hashable {
  /// The share of itself, times the learning rate, that every weight loses at each step.
  public var weightDecay: Double?
  /// How large gradients are made smaller.
  public var clipping: GradientClipping?
  /// Whether the weights come to be a running mean of themselves.
  public var average: WeightAverage?
  /// What the loss is multiplied by, and the gradients are divided by again.
  public var lossScaleFactor: Double?
  /// The steps whose gradients are averaged for one change of the weights; at least 2.
  public var gradientAccumulationSteps: Int?

  /// Keras's defaults.
  public init() {}

  /// Keras's names of what the options remember for each weight.
  var slotNames: [String] {
    (average == nil ? [] : ["average"]) + (gradientAccumulationSteps == nil ? [] : ["gradient_accumulator"])
  }
}

/// How gradients that are too large are made smaller.
public enum GradientClipping: Sendable, Hashable {
  /// To this norm at most, each weight tensor's by itself.
  case norm(Double)
  /// To this norm at most, all of them together.
  case globalNorm(Double)
  /// To this size at most, each number by itself.
  case value(Double)
}

/// An exponential moving average of the weights.
public struct WeightAverage: Sendable, Hashable {
  /// How much of the average is kept at each step.
  public var momentum: Double
  /// After how many steps the weights are set to the average; `nil` for only when training ends.
  public var overwriteFrequency: Int?

  /// Keras's defaults for what is not given.
  public init(momentum: Double = 0.99, overwriteFrequency: Int? = nil) {
    self.momentum = momentum
    self.overwriteFrequency = overwriteFrequency
  }
}

extension OptimizerOptions {
  /// Keras's names, defaults and meaning.
  static let parameters: [Parameter] = [
    Parameter(
      "weight_decay", .optional(.number(.nonNegative)), .named, .defaults(to: .none), group: group,
      help: "The share of itself, times the learning rate, that every weight loses at each step"),
    Parameter(
      "clipnorm", .optional(.number(.positive)), .named, .defaults(to: .none), group: group,
      help: "The gradient of a weight tensor with a larger norm is scaled down to it"),
    Parameter(
      "clipvalue", .optional(.number(.positive)), .named, .defaults(to: .none), group: group,
      help: "Each number of a gradient that is larger, or below its negative, is cut off there"),
    Parameter(
      "global_clipnorm", .optional(.number(.positive)), .named, .defaults(to: .none), group: group,
      help: "Gradients with a larger norm, all of them taken together, are scaled down to it"),
    Parameter(
      "use_ema", .boolean, .named, .defaults(to: .boolean(false)), group: group,
      help: "Whether to keep a moving average of the weights, which takes their place when fit ends"),
    Parameter(
      "ema_momentum", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0.99)), group: group,
      help: "With use_ema, how much of the average is kept at each step"),
    Parameter(
      "ema_overwrite_frequency", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), group: group,
      help: "With use_ema, after how many steps the average takes the place of the weights, again and again"),
    Parameter(
      "loss_scale_factor", .optional(.number(.positive)), .named, .defaults(to: .none), group: group,
      help: "What the loss is multiplied by while gradients are computed, against numbers too small for 32 bits"),
    Parameter(
      "gradient_accumulation_steps", .optional(.integer(2...Int.max)), .named, .defaults(to: .none), group: group,
      help: "How many steps are averaged for one change of the weights, as if batches were larger"),
  ]

  private static let group = "Options of every optimizer"

  /// Takes what the schema has accepted. Throws where more than one way of clipping is given, as Keras does.
  init(_ arguments: Arguments) throws(ArgumentError) {
    weightDecay = try arguments.floatIfGiven("weight_decay")
    clipping = try Self.clipping(arguments)
    if try arguments.boolean("use_ema") {
      average = WeightAverage(
        momentum: try arguments.float("ema_momentum"),
        overwriteFrequency: try arguments.integerIfGiven("ema_overwrite_frequency"))
    }
    lossScaleFactor = try arguments.floatIfGiven("loss_scale_factor")
    gradientAccumulationSteps = try arguments.integerIfGiven("gradient_accumulation_steps")
  }

  private static func clipping(_ arguments: Arguments) throws(ArgumentError) -> GradientClipping? {
    var given: [(name: String, clipping: GradientClipping)] = []
    if let norm = try arguments.floatIfGiven("clipnorm") { given.append(("clipnorm", .norm(norm))) }
    if let value = try arguments.floatIfGiven("clipvalue") { given.append(("clipvalue", .value(value))) }
    if let norm = try arguments.floatIfGiven("global_clipnorm") {
      given.append(("global_clipnorm", .globalNorm(norm)))
    }
    guard given.count > 1 else { return given.first?.clipping }
    throw ArgumentError(
      parameter: given[1].name,
      problem: "only one of clipnorm, clipvalue and global_clipnorm can be used, not "
        + given.map(\.name).joined(separator: " and "),
      help: "leave out all but one of them")
  }
}
