import ConvoJSON
import ConvoNetwork
import ConvoSchema
import ConvoTensor

/// Loss, optimizer and metrics in Keras's configurations.
enum CompileConfig {
  static func read(_ json: JSONValue) throws(KerasFileError) -> CompileSettings {
    guard let lossJSON = json["loss"], !lossJSON.isNull else { throw KerasFileError("it was compiled without a loss") }
    return CompileSettings(
      loss: try loss(lossJSON), optimizer: try optimizer(json["optimizer"] ?? json["optimizer_config"] ?? .null),
      metrics: try flattened(json["metrics"] ?? .null).map { json throws(KerasFileError) in try metric(json) })
  }

  /// Compiles a model as it was where it was saved.
  ///
  /// - Returns: Why that is not possible here, in a sentence; the model is then not compiled.
  static func apply(_ json: JSONValue, to model: inout Model) -> String? {
    let settings: CompileSettings
    do {
      settings = try read(json)
    } catch {
      return "it is not compiled here: \(error.problem)"
    }
    do {
      try model.compile(settings)
      return nil
    } catch {
      return "it is not compiled here: \(error.problem)"
    }
  }

  /// As `compile_config` has it.
  static func write(_ settings: CompileSettings) throws(KerasFileError) -> JSONValue {
    .object([("optimizer", OptimizerConfig.write(settings.optimizer))] + (try common(settings)))
  }

  /// As the `training_config` of files of HDF5 alone.
  static func writeLegacy(_ settings: CompileSettings) throws(KerasFileError) -> JSONValue {
    .object(
      try common(settings) + [
        (
          "optimizer_config",
          .object([
            ("class_name", .string(type(of: settings.optimizer).kerasName)),
            ("config", .object(OptimizerConfig.options(settings.optimizer))),
          ])
        )
      ])
  }

  private static func common(_ settings: CompileSettings) throws(KerasFileError) -> [(name: String, value: JSONValue)] {
    [
      ("loss", write(settings.loss)), ("loss_weights", .null),
      ("metrics", .array(try settings.metrics.map { metric throws(KerasFileError) in try MetricConfig.write(metric) })),
      ("weighted_metrics", .null), ("run_eagerly", .boolean(false)), ("steps_per_execution", .integer(1)),
      ("jit_compile", .boolean(false)),
    ]
  }

  // MARK: - Loss

  private static func loss(_ json: JSONValue) throws(KerasFileError) -> Loss {
    let (name, config) = json.kerasObject ?? (json.string ?? "", .null)
    guard let kind = Loss.Kind(named: name) ?? Loss.Kind(named: config.string ?? "") else {
      throw KerasFileError(
        "its loss is \(name.isEmpty ? json.text : LayerConfig.shown(name)), which convo does not have",
        help: "convo has " + Loss.Kind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if let reduction = config["reduction"]?.string, !["sum_over_batch_size", "auto", "mean"].contains(reduction) {
      throw KerasFileError("its loss adds up by reduction=\(LayerConfig.shown(reduction)), which convo does not have")
    }
    let arguments = try ConfigReader(subject: "loss \(kind.rawValue)").arguments(
      of: config, kind.schema, ignoring: ["name", "reduction", "axis", "dtype", "fn", "ignore_class"])
    do {
      return try Loss(arguments) ?? Loss(kind)
    } catch {
      throw KerasFileError("its loss: \(error.problem)", help: error.help)
    }
  }

  private static func write(_ loss: Loss) -> JSONValue {
    let schema = loss.kind.schema
    guard loss != Loss(loss.kind), let name = schema.aliases.last else { return .string(loss.kind.rawValue) }
    var config: [(name: String, value: JSONValue)] = [
      ("name", .string(loss.kind.rawValue)), ("reduction", .string("sum_over_batch_size")),
    ]
    for parameter in schema.parameters {
      switch parameter.name {
      case "from_logits": config.append(("from_logits", .boolean(loss.fromLogits)))
      case "label_smoothing": config.append(("label_smoothing", .number(loss.labelSmoothing)))
      case _: break
      }
    }
    return KerasNames.object("keras.losses", name, config)
  }

  // MARK: - Optimizer

  private static func optimizer(_ json: JSONValue) throws(KerasFileError) -> any OptimizerSpec {
    let (name, config) = json.kerasObject ?? (json.string ?? "", .null)
    guard
      let type = OptimizerCatalog.all.first(where: {
        $0.kerasName == name || $0.schema.answers(to: name) || $0.schema.answers(to: name.lowercased())
      })
    else {
      throw KerasFileError(
        "its optimizer is \(name.isEmpty ? "none" : LayerConfig.shown(name)), which convo does not have",
        help: "convo has " + OptimizerCatalog.all.map { $0.kerasName }.joined(separator: ", "))
    }
    if let schedule = config["learning_rate"]?.kerasObject {
      throw KerasFileError(
        "its learning rate follows a schedule (\(LayerConfig.shown(schedule.name))), which convo does not have",
        help: "compile with a number, or with ReduceLROnPlateau, before it is saved")
    }
    let arguments = try ConfigReader(subject: "optimizer \(type.kerasName)").arguments(
      of: config, type.schema, ignoring: ["name", "decay", "jit_compile", "is_legacy_optimizer"])
    do {
      var optimizer = try type.init(arguments)
      // Keras keeps the rate in 32 bits: 0.001 comes as 0.0010000000474974513.
      optimizer.learningRate = OptimizerConfig.plain(optimizer.learningRate)
      return optimizer
    } catch {
      throw KerasFileError("its optimizer: \(error.problem)", help: error.help)
    }
  }

  // MARK: - Metrics

  /// Keras writes a list, a list for each output, or nothing.
  private static func flattened(_ json: JSONValue) -> [JSONValue] {
    switch json {
    case .null: []
    case .array(let items): items.flatMap { $0.array ?? [$0] }
    case .string, .object, .boolean, .integer, .number: [json]
    }
  }

  private static func metric(_ json: JSONValue) throws(KerasFileError) -> Metric {
    let (name, config) = json.kerasObject ?? (json.string ?? "", .null)
    let function = config["fn"]?.string ?? config["name"]?.string
    let known = ["acc": "accuracy", "Accuracy": "accuracy"]
    let wanted = name == "MeanMetricWrapper" ? function ?? name : name
    let canonical = known[wanted] ?? wanted
    guard let metric = Metric.all.first(where: { $0.schema.answers(to: canonical) }) else {
      throw KerasFileError(
        "its metric \(LayerConfig.shown(name)) is none of convo's",
        help: "convo has " + Metric.all.map(\.name).joined(separator: ", "))
    }
    let options = Set(metric.schema.parameters.map(\.name))
    guard let call = ConfigReader.call(metric.name, config, only: options) else {
      throw .damaged("the options of metric \(metric.name) make no sense")
    }
    do {
      return try Metric(call, for: "metrics")
    } catch {
      throw KerasFileError("its \(error.problem)", help: error.help)
    }
  }
}
