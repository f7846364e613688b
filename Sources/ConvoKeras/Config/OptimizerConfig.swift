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
      case let number as Double: found[plain(label)] = .number(number)
      case let truth as Bool: found[plain(label)] = .boolean(truth)
      case let whole as Int: found[plain(label)] = .integer(whole)
      default: break
      }
    }
    let options = optimizer.options
    found["weightdecay"] = options.weightDecay.map(JSONValue.number)
    switch options.clipping {
    case .norm(let norm): found["clipnorm"] = .number(norm)
    case .globalNorm(let norm): found["globalclipnorm"] = .number(norm)
    case .value(let value): found["clipvalue"] = .number(value)
    case nil: break
    }
    found["useema"] = .boolean(options.average != nil)
    found["emamomentum"] = .number(options.average?.momentum ?? 0.99)
    found["emaoverwritefrequency"] = options.average?.overwriteFrequency.map(JSONValue.integer)
    found["lossscalefactor"] = options.lossScaleFactor.map(JSONValue.number)
    found["gradientaccumulationsteps"] = options.gradientAccumulationSteps.map(JSONValue.integer)
    let schema = type(of: optimizer).schema
    return [("name", .string(schema.name))] + schema.parameters.map { ($0.name, found[plain($0.name)] ?? .null) }
  }

  /// `learningRate` and `learning_rate`, `beta1` and `beta_1` are the same.
  private static func plain(_ name: String) -> String {
    name.filter { $0 != "_" }.lowercased()
  }

  /// A number that was kept in 32 bits, as it was written first: 0.001, not 0.0010000000474974513.
  static func plain(_ number: Double) -> Double {
    let single = Float(number)
    return Double(single) == number ? Double(single.description) ?? number : number
  }
}
