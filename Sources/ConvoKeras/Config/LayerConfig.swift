import ConvoJSON
import ConvoNetwork
import ConvoSchema
import ConvoTensor

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Layers in Keras's configurations. Both ways follow from the one schema of each layer, whose names are Keras's.
enum LayerConfig {
  /// Fields of every layer, and those that only say how, not what, Keras computes.
  private static let ignored: Set<String> = [
    "name", "dtype", "trainable", "batch_shape", "batch_input_shape", "input_shape", "input_dim", "renorm_momentum",
    "fused", "lora_alpha", "seed",
  ]

  /// A layer that Keras wrote, and its name.
  static func read(_ json: JSONValue) throws(KerasFileError) -> (spec: any LayerSpec, name: String, isFrozen: Bool) {
    guard let (className, config) = json.kerasObject else { throw .damaged("a layer has no class") }
    let name = config["name"]?.string ?? KerasNames.snakeCase(className)
    guard isUsable(name) else { throw .damaged("a layer has a name that can't be used") }
    let subject = "layer '\(name)'"
    guard let type = LayerCatalog.all.first(where: { $0.kerasName == className || $0.schema.answers(to: className) })
    else {
      throw KerasFileError(
        "\(subject) is a \(shown(className)), which convo does not have",
        help: "convo has " + LayerCatalog.all.map { $0.kerasName }.joined(separator: ", "))
    }
    let arguments = try ConfigReader(subject: subject).arguments(of: config, type.schema, ignoring: ignored)
    do {
      return (try type.init(arguments), name, config["trainable"]?.boolean == false)
    } catch {
      throw KerasFileError("\(subject): \(error.problem)", help: error.help)
    }
  }

  /// Whether a name can be printed, typed, and stand in a path inside of a file.
  private static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "_-. ".unicodeScalars.contains($0)
      }
  }

  /// A class's name, of which nothing is known, for an error.
  static func shown(_ name: String) -> String {
    String(name.prefix(60).filter { $0.isLetter || $0.isNumber || "_.>".contains($0) })
  }

  /// A layer as Keras writes it.
  ///
  /// - Parameter legacy: As in files of HDF5 alone.
  static func write(_ layer: Model.Layer, legacy: Bool = false) throws(KerasFileError) -> JSONValue {
    let type = type(of: layer.spec)
    let encoded = try json(of: layer.spec)
    var config: [(name: String, value: JSONValue)] = [
      ("name", .string(layer.name)), ("trainable", .boolean(true)), ("dtype", .string("float32")),
    ]
    for parameter in type.schema.parameters {
      let value = encoded[parameter.name] ?? (parameter.name == "data_format" ? .string("channels_last") : .null)
      config.append((parameter.name, try kerasValue(value, of: parameter.name)))
    }
    guard !legacy else {
      return .object([("class_name", .string(type.kerasName)), ("config", .object(config))])
    }
    guard case .object(var fields) = KerasNames.object("keras.layers", type.kerasName, config) else { return .null }
    let input = JSONValue.array([.null] + layer.input.sides.map(JSONValue.integer))
    fields.append(("build_config", .object([("input_shape", input)])))
    return .object(fields)
  }

  private static func json(of spec: any LayerSpec) throws(KerasFileError) -> JSONValue {
    do {
      return try JSONValue(parsing: JSONEncoder().encode(spec))
    } catch {
      throw KerasFileError("a \(type(of: spec).kerasName) layer can't be written: \(error)")
    }
  }

  /// What convo encodes in words of its own, in Keras's.
  private static func kerasValue(_ value: JSONValue, of parameter: String) throws(KerasFileError) -> JSONValue {
    guard !value.isNull else { return value }
    if parameter.hasSuffix("_initializer"), let name = value.string { return initializer(name) }
    if parameter.hasSuffix("_regularizer") { return regularizer(value) }
    if parameter.hasSuffix("_constraint") { return try constraint(value) }
    return value
  }

  /// `glorot_uniform` → `GlorotUniform`.
  private static func initializer(_ name: String) -> JSONValue {
    let className = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return KerasNames.object("keras.initializers", className, [])
  }

  private static func regularizer(_ value: JSONValue) -> JSONValue {
    let (l1, l2) = (value["l1"]?.number ?? 0, value["l2"]?.number ?? 0)
    let (name, options): (String, [(name: String, value: JSONValue)]) =
      l1 != 0 && l2 != 0
      ? ("L1L2", [("l1", .number(l1)), ("l2", .number(l2))])
      : l1 != 0 ? ("L1", [("l1", .number(l1))]) : ("L2", [("l2", .number(l2))])
    return KerasNames.object("keras.regularizers", name, options)
  }

  private static func constraint(_ value: JSONValue) throws(KerasFileError) -> JSONValue {
    let constraint: WeightConstraint
    do {
      constraint = try JSONDecoder().decode(WeightConstraint.self, from: Data(value.text.utf8))
    } catch {
      throw KerasFileError("a constraint can't be written: \(error)")
    }
    func axis(_ axes: [Int]) -> (name: String, value: JSONValue) {
      ("axis", axes.count == 1 ? .integer(axes[0]) : .integers(axes))
    }
    let module = "keras.constraints"
    switch constraint {
    case .nonNegative: return KerasNames.object(module, "NonNeg", [])
    case .maxNorm(let most, let axes):
      return KerasNames.object(module, "MaxNorm", [("max_value", .number(most)), axis(axes)])
    case .unitNorm(let axes): return KerasNames.object(module, "UnitNorm", [axis(axes)])
    case .minMaxNorm(let least, let most, let rate, let axes):
      return KerasNames.object(
        module, "MinMaxNorm",
        [("min_value", .number(least)), ("max_value", .number(most)), ("rate", .number(rate)), axis(axes)])
    }
  }
}
