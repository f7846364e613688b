import ConvoJSON
import ConvoNetwork
import ConvoSchema

/// Optimizers as Keras writes them.
enum OptimizerConfig {
  static func write(_ optimizer: any OptimizerSpec) -> JSONValue {
    KerasNames.object("keras.optimizers", type(of: optimizer).kerasName, options(optimizer))
  }

  /// All options under Keras's names: those of the formula are the optimizer's own properties.
  static func options(_ optimizer: any OptimizerSpec) -> [(name: String, value: JSONValue)] {
    var found: [String: JSONValue] = [:]
    for child in Mirror(reflecting: optimizer).children {
      guard let label = child.label else { continue }
      switch child.value {
      case let number as Double: found[KerasNames.parameter(label)] = .number(number)
      case let truth as Bool: found[KerasNames.parameter(label)] = .boolean(truth)
      case let whole as Int: found[KerasNames.parameter(label)] = .integer(whole)
      default: break
      }
    }
    let options = optimizer.options
    found["weight_decay"] = options.weightDecay.map(JSONValue.number)
    switch options.clipping {
    case .norm(let norm): found["clipnorm"] = .number(norm)
    case .globalNorm(let norm): found["global_clipnorm"] = .number(norm)
    case .value(let value): found["clipvalue"] = .number(value)
    case nil: break
    }
    found["use_ema"] = .boolean(options.average != nil)
    found["ema_momentum"] = .number(options.average?.momentum ?? 0.99)
    found["ema_overwrite_frequency"] = options.average?.overwriteFrequency.map(JSONValue.integer)
    found["loss_scale_factor"] = options.lossScaleFactor.map(JSONValue.number)
    found["gradient_accumulation_steps"] = options.gradientAccumulationSteps.map(JSONValue.integer)
    let schema = type(of: optimizer).schema
    return [("name", .string(schema.name))] + schema.parameters.map { ($0.name, found[$0.name] ?? .null) }
  }

  /// A number that was kept in 32 bits, as it was written first: 0.001, not 0.0010000000474974513.
  static func plain(_ number: Double) -> Double {
    let single = Float(number)
    return Double(single) == number ? Double(single.description) ?? number : number
  }
}
