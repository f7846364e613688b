public import ConvoSchema
public import ConvoTensor

/// Values of mean 0 and variance 1 in each channel, over the batch, and then of a mean and a spread that are learned.
///
///     y = γ · (x - mean) / √(variance + ε) + β
///
/// In training, mean and variance are those of the batch, over all samples and pixels, and the moving ones go towards
/// them: moving = momentum · moving + (1 - momentum) · batch's. In use, they are the moving ones. The variance is the
/// biased one (Ioffe and Szegedy, 2015; Keras 3).
///
///     input, output                                 [height, width, channels] or [features]
///     gamma, beta, moving_mean, moving_variance     [channels] or [features]
public struct BatchNormalization: LayerSpec {
  /// Which of a batch's sides is normalised; only the last one: -1, or its number.
  public var axis: Int
  /// The share of the moving statistics that a step keeps.
  public var momentum: Double
  /// Added to the variance, so that nothing is divided by zero.
  public var epsilon: Double
  /// Whether there is a β.
  public var center: Bool
  /// Whether there is a γ.
  public var scale: Bool
  public var betaInitializer, gammaInitializer: Initializer
  public var movingMeanInitializer, movingVarianceInitializer: Initializer
  /// Penalties on large weights and on large outputs; `nil` for none.
  public var betaRegularizer, gammaRegularizer, activityRegularizer: Regularizer?
  /// What the weights are made to keep to; `nil` for nothing.
  public var betaConstraint, gammaConstraint: WeightConstraint?

  /// Keras's defaults for what is not given.
  public init(
    axis: Int = -1, momentum: Double = 0.99, epsilon: Double = 0.001, center: Bool = true, scale: Bool = true,
    betaInitializer: Initializer = .zeros, gammaInitializer: Initializer = .ones,
    movingMeanInitializer: Initializer = .zeros, movingVarianceInitializer: Initializer = .ones,
    betaRegularizer: Regularizer? = nil, gammaRegularizer: Regularizer? = nil, activityRegularizer: Regularizer? = nil,
    betaConstraint: WeightConstraint? = nil, gammaConstraint: WeightConstraint? = nil
  ) {
    self.axis = axis
    self.momentum = momentum
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
    self.betaInitializer = betaInitializer
    self.gammaInitializer = gammaInitializer
    self.movingMeanInitializer = movingMeanInitializer
    self.movingVarianceInitializer = movingVarianceInitializer
    self.betaRegularizer = betaRegularizer
    self.gammaRegularizer = gammaRegularizer
    self.activityRegularizer = activityRegularizer
    self.betaConstraint = betaConstraint
    self.gammaConstraint = gammaConstraint
  }

  /// Keras's names of the parameters.
  private enum CodingKeys: String, CodingKey {
    case axis, momentum, epsilon, center, scale
    case betaInitializer = "beta_initializer"
    case gammaInitializer = "gamma_initializer"
    case movingMeanInitializer = "moving_mean_initializer"
    case movingVarianceInitializer = "moving_variance_initializer"
    case betaRegularizer = "beta_regularizer"
    case gammaRegularizer = "gamma_regularizer"
    case activityRegularizer = "activity_regularizer"
    case betaConstraint = "beta_constraint"
    case gammaConstraint = "gamma_constraint"
  }
}

extension BatchNormalization {
  /// Keras's class name.
  public static let kerasName = "BatchNormalization"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "batchnormalization", aliases: ["BatchNormalization"],
    summary: "Keeps the values of each channel around zero and of one size, so that training goes on evenly",
    details: """
      In training the mean and the variance of each channel are those of the batch, over all its images and pixels; \
      the layer then scales by gamma and adds beta, which are learned. evaluate and predict use the moving mean and the \
      moving variance instead, which follow the batches slowly: with momentum=0.99 it takes hundreds of steps until \
      they are right. Use a smaller momentum for short trainings.

      The whole batch goes through at once, which takes more memory than other layers do.

      Parameters: gamma and beta for each channel, and as many moving numbers that are not trained.
      """,
    parameters: [
      Parameter(
        "axis", .integer(-1...3), .named, .defaults(to: .integer(-1)),
        help: "Which side is normalised; only the last one, the channels, is possible"),
      Parameter(
        "momentum", .number(NumberBounds(lower: 0, upper: 1)), .named, .defaults(to: .number(0.99)),
        help: "The share of the moving statistics that a step keeps"),
      Parameter(
        "epsilon", .number(.nonNegative), .named, .defaults(to: .number(0.001)),
        help: "Added to the variance, so that nothing is divided by zero"),
      Parameter("center", .boolean, .named, .defaults(to: .boolean(true)), help: "Whether beta is added"),
      Parameter("scale", .boolean, .named, .defaults(to: .boolean(true)), help: "Whether gamma scales the result"),
      LayerArguments.initializer("beta_initializer", .zeros, help: "How beta begins"),
      LayerArguments.initializer("gamma_initializer", .ones, help: "How gamma begins"),
      LayerArguments.initializer("moving_mean_initializer", .zeros, help: "How the moving mean begins"),
      LayerArguments.initializer("moving_variance_initializer", .ones, help: "How the moving variance begins"),
      LayerArguments.regularizer("beta_regularizer", of: "beta"),
      LayerArguments.regularizer("gamma_regularizer", of: "gamma"),
      LayerArguments.constraint("beta_constraint", of: "beta"),
      LayerArguments.constraint("gamma_constraint", of: "gamma"),
      LayerArguments.activityRegularizer,
      Parameter(
        "synchronized", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether machines that train together share their statistics; on one machine it changes nothing"),
    ],
    examples: [
      Example(
        "add batchnormalization", "Between a convolution and what follows",
        after: ["new model input=32x32x3", "add conv2d 8 3x3 activation=relu"]),
      Example(
        "add batchnormalization momentum=0.9", "Moving statistics that follow within tens of steps",
        after: ["new model input=32x32x3", "add conv2d 8 3x3 activation=relu"]),
    ],
    keras: "layers.BatchNormalization()")

  /// Takes what the schema has accepted.
  public init(_ arguments: Arguments) throws(ArgumentError) {
    try self.init(
      axis: arguments.integer("axis"), momentum: arguments.number("momentum"), epsilon: arguments.float("epsilon"),
      center: arguments.boolean("center"), scale: arguments.boolean("scale"),
      betaInitializer: arguments.initializer("beta_initializer"),
      gammaInitializer: arguments.initializer("gamma_initializer"),
      movingMeanInitializer: arguments.initializer("moving_mean_initializer"),
      movingVarianceInitializer: arguments.initializer("moving_variance_initializer"),
      betaRegularizer: arguments.regularizer("beta_regularizer"),
      gammaRegularizer: arguments.regularizer("gamma_regularizer"),
      activityRegularizer: arguments.regularizer("activity_regularizer"),
      betaConstraint: arguments.constraint("beta_constraint"),
      gammaConstraint: arguments.constraint("gamma_constraint"))
  }
}

extension BatchNormalization {
  /// None.
  public var activation: Activation { .linear }

  /// The input's shape. Throws where the axis is not the last one.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard let channels = input.sides.last, channels >= 1 else {
      throw ShapeError("batchnormalization needs an input with at least one side")
    }
    guard axis == -1 || axis == input.sides.count else {
      throw ShapeError(
        "batchnormalization is possible over the last axis alone, and axis=\(axis) is another one",
        help: "leave axis away, or give axis=-1")
    }
    return input
  }

  /// gamma and beta, where there are, and the moving statistics, which are not trained.
  public func weights(for input: Shape) -> [WeightSpec] {
    let shape: Shape = [input.sides.last ?? 1]
    let gamma = WeightSpec(
      name: "gamma", shape: shape, initializer: gammaInitializer, regularizer: gammaRegularizer,
      constraint: gammaConstraint)
    let beta = WeightSpec(
      name: "beta", shape: shape, initializer: betaInitializer, regularizer: betaRegularizer,
      constraint: betaConstraint)
    return (scale ? [gamma] : []) + (center ? [beta] : []) + [
      WeightSpec(
        name: "moving_mean", shape: shape, initializer: movingMeanInitializer, isTrainable: false),
      WeightSpec(
        name: "moving_variance", shape: shape, initializer: movingVarianceInitializer, isTrainable: false),
    ]
  }
}

extension BatchNormalization {
  /// The input's shape; up to four numbers for each channel.
  public func arithmetic(for input: Shape) -> LayerArithmetic {
    let channels = input.sides.last ?? 1
    let learned = (scale ? ["gamma"] : []) + (center ? ["beta"] : [])
    return LayerArithmetic(
      parameters: .init("parameters", parameterCount(for: input), "\(2 + learned.count) × \(channels)"),
      untrained: .init("not trained", 2 * channels, "2 × \(channels)"),
      explanation: """
        for each channel \((learned + ["moving mean", "moving variance"]).joined(separator: ", ")); the two moving ones \
        follow the batches and are not trained
        """)
  }
}

extension BatchNormalization: PlannedLayer {
  var needsWholeBatch: Bool { true }

  /// On rows one stage; on pictures one before a seam and one after it, of which only the latter is needed where
  /// nothing trains.
  func plan(_ builder: inout PlanBuilder, layer: PlanBuilder.Layer) throws(ComputeError) {
    let settings = BatchStatistics.Settings(momentum: momentum, epsilon: epsilon, scales: scale, centers: center)
    let shape = builder.shape
    let channels = shape.sides.last ?? 1
    let goesBack = builder.wantsInputGradient
    let hasBackward = goesBack || (builder.forTraining && (scale || center))
    guard !builder.isFlat else {
      let statistics = try BatchStatistics(
        settings, channels: channels, padded: channels, parameters: layer.parameters)
      let stage = RowNormalizationStage(
        name: "\(layer.name): normalisation", layout: builder.layout, width: channels, statistics: statistics,
        kernels: builder.kernels, hasBackward: hasBackward)
      return try builder.append(stage, output: shape, named: layer.name)
    }
    let groups = try builder.channelGroups(named: layer.name)
    let view = PictureNormalization.View(
      groups: groups.groups, pixels: Shape(shape.sides.dropLast()).count ?? 1, width: groups.width)
    let normalization = PictureNormalization(
      try BatchStatistics(settings, channels: channels, padded: view.channels, parameters: layer.parameters),
      layout: builder.layout, view: view, block: builder.block, blocks: builder.forTraining ? builder.blocksOfBatch : 0,
      kernels: builder.kernels)
    if builder.forTraining {
      let statistics = StatisticsStage(name: "\(layer.name): statistics", normalization, hasBackward: goesBack)
      try builder.append(statistics, output: shape, named: layer.name)
      builder.endSegment(at: normalization)
    }
    let stage = NormalizeStage(name: "\(layer.name): normalisation", normalization, hasBackward: hasBackward)
    try builder.append(stage, output: shape, named: layer.name)
  }
}
