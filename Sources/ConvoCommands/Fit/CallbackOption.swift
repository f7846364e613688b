import ConvoSchema
import ConvoTraining

/// `early_stopping=` and `reduce_lr=` as they are written: a patience alone, or the value to look at with Keras's
/// parameters behind it, as in `val_accuracy(patience=3 min_delta=0.01)`.
enum CallbackOption {
  static let earlyStopping = Schema(
    "early_stopping", summary: "Stops once a value has not got better for a while",
    parameters: [
      Parameter(
        "patience", .integer(0...Int.max), .named, .defaults(to: .integer(0)),
        help: "After how many epochs without an improvement to stop"),
      minDelta(0), mode,
      Parameter(
        "baseline", .optional(.number(.any)), .named, .defaults(to: .none),
        help: "What the value must get better than"),
      Parameter(
        "restore_best_weights", .boolean, .named, .defaults(to: .boolean(false)),
        help: "Whether fit ends with the weights of the best epoch"),
      Parameter(
        "start_from_epoch", .integer(0...Int.max), .named, .defaults(to: .integer(0)),
        help: "How many epochs of the fit are not looked at"),
    ])

  static let reduceLearningRate = Schema(
    "reduce_lr", summary: "Makes the learning rate smaller once a value has not got better for a while",
    parameters: [
      Parameter(
        "factor", .number(.fraction), .named, .defaults(to: .number(0.1)),
        help: "What the learning rate is multiplied by"),
      Parameter(
        "patience", .integer(0...Int.max), .named, .defaults(to: .integer(10)),
        help: "After how many epochs without an improvement"),
      minDelta(1e-4), mode,
      Parameter(
        "cooldown", .integer(0...Int.max), .named, .defaults(to: .integer(0)),
        help: "How many epochs are not counted afterwards"),
      Parameter(
        "min_lr", .number(.nonNegative), .named, .defaults(to: .number(0)),
        help: "The learning rate gets no smaller than this"),
    ])

  private static func minDelta(_ usual: Double) -> Parameter {
    Parameter(
      "min_delta", .number(.any), .named, .defaults(to: .number(usual)),
      help: "By how much the value must be better to count as better")
  }

  private static let mode = Parameter(
    "mode", .choice(MonitoredMetric.Mode.allCases.map(\.rawValue)), .named, .defaults(to: .text("auto")),
    help: "Whether lower or higher is better; auto knows")

  /// What can be given for either; other metrics of `compile` can be looked at as well.
  static let kind = ValueKind.optional(
    .either([.integer(0...Int.max), .choice(["val_loss", "val_accuracy", "loss", "accuracy"]), .text]))

  /// The parameters of one of them in a sentence, with Keras's defaults.
  static func words(of schema: Schema) -> String {
    schema.parameters.map { parameter in
      guard case .defaults(let value) = parameter.presence else { return parameter.name }
      return "\(parameter.name)=\(value)"
    }.joined(separator: " ")
  }

  /// What was written, as the value to look at and checked arguments; `nil` where it is `none` or was not given.
  ///
  /// - Parameter usual: What a patience alone looks at.
  static func call(
    _ schema: Schema, in arguments: Arguments, usual: String
  ) throws(ArgumentError) -> (monitor: String, options: Arguments)? {
    switch arguments.value(schema.name) {
    case nil, .some(.none): return nil
    case .integer(let patience):
      return (usual, Arguments(defaultsOf: schema, ["patience": .integer(patience)]))
    case .text(let text):
      guard let call = WrittenCall(text), call.name.first?.isLetter == true else {
        throw ArgumentError(
          parameter: schema.name, problem: "\(schema.name) can't be \(text)",
          help: "write a patience, as in \(schema.name)=3, or \(schema.name)=val_loss(patience=3)")
      }
      // All of Keras's parameters behind the first one go by their names.
      if let nameless = call.arguments.first(where: { $0.label == nil }) {
        throw ArgumentError(
          parameter: schema.name, problem: "\(schema.name): \(nameless.value) has no name",
          help: "write it as in \(call.name)(patience=3)")
      }
      return (call.name, try schema.arguments(of: call, for: schema.name))
    case .some(let value): throw ArgumentError(schema.name, "a patience or a value to look at", found: value)
    }
  }

  private static func monitor(
    _ name: String, _ options: Arguments
  ) throws(ArgumentError) -> MonitoredMetric {
    MonitoredMetric(
      name, mode: MonitoredMetric.Mode(rawValue: try options.text("mode")) ?? .auto,
      minDelta: try options.number("min_delta"))
  }

  static func callbacks(_ arguments: Arguments, validates: Bool) throws(ArgumentError) -> FitCallbacks {
    var callbacks = FitCallbacks()
    let usual = validates ? "val_loss" : "loss"
    if let (name, options) = try call(earlyStopping, in: arguments, usual: usual) {
      callbacks.earlyStopping = EarlyStopping(
        try monitor(name, options), patience: try options.integer("patience"),
        baseline: try options.numberIfGiven("baseline"),
        restoresBestWeights: try options.boolean("restore_best_weights"),
        startFromEpoch: try options.integer("start_from_epoch"))
    }
    if let (name, options) = try call(reduceLearningRate, in: arguments, usual: usual) {
      callbacks.reduceLearningRate = ReduceLearningRate(
        try monitor(name, options), factor: try options.number("factor"), patience: try options.integer("patience"),
        cooldown: try options.integer("cooldown"), leastRate: try options.number("min_lr"))
    }
    return callbacks
  }
}

extension EarlyStop {
  /// `stopped after epoch 9: val_loss has not improved for 3 epochs; best was epoch 6`.
  var sentence: String {
    let span = wait == 1 ? "1 epoch" : "\(wait) epochs"
    let name = rule.monitor.name
    let reason =
      if let baseline = rule.baseline, !hasReachedBaseline {
        "\(name) has not got better than the baseline \(Value.number(baseline)) in \(span)"
      } else {
        "\(name) has not improved for \(span)"
      }
    return "stopped after epoch \(epoch): \(reason); best was epoch \(bestEpoch)"
  }
}
