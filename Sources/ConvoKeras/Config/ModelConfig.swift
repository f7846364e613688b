import ConvoJSON
import ConvoNetwork
import ConvoTensor

/// A row of layers in Keras's configurations: a Sequential model, or a functional one whose layers are in a row.
enum ModelConfig {
  /// More would be no row of layers that anyone made.
  private static let mostLayers = 1000

  /// The model, not compiled, and what is to be said of it.
  static func read(_ json: JSONValue) throws(KerasFileError) -> (model: Model, notes: [String]) {
    guard let (className, config) = json.kerasObject else { throw .damaged("its configuration has no class") }
    guard className == "Sequential" || className == "Functional" || className == "Model" else {
      throw KerasFileError(
        "it is a \(LayerConfig.shown(className)), and convo has Sequential models alone",
        help: "convo's models are layers in a row")
    }
    // Very old files have the list of layers in place of the configuration.
    guard let layers = config["layers"]?.array ?? config.array else { throw .damaged("it has no list of layers") }
    guard layers.count <= mostLayers else { throw .damaged("it has \(layers.count) layers") }
    if className != "Sequential" { try checkRow(layers, config) }
    guard let input = inputShape(layers, json, config) else {
      throw KerasFileError(
        "it does not say the shape of its input",
        help: "build it in Keras before it is saved, with keras.Input(shape=…)")
    }
    var model = Model(name: modelName(config), inputShape: input)
    var notes: [String] = []
    for layer in layers where !isInput(layer) {
      let (spec, name, isFrozen) = try LayerConfig.read(layer)
      if isFrozen { notes.append("\(name) is frozen in the file (trainable=False); fit changes its weights here") }
      do {
        try model.add(spec, named: name)
      } catch {
        throw KerasFileError("layer '\(name)' does not fit: \(error.problem)", help: error.help)
      }
    }
    guard !model.layers.isEmpty else { throw KerasFileError("it has no layers") }
    return (model, notes)
  }

  private static func isInput(_ layer: JSONValue) -> Bool { layer["class_name"]?.string == "InputLayer" }

  private static func modelName(_ config: JSONValue) -> String {
    let name = config["name"]?.string ?? ""
    let plain = String(name.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" }.prefix(60))
    return plain.first?.isLetter == true ? plain : "sequential"
  }

  /// `[height, width, channels]`, or `[features]`.
  private static func inputShape(_ layers: [JSONValue], _ json: JSONValue, _ config: JSONValue) -> Shape? {
    let first = layers.first?["config"]
    let candidates = [
      first?["batch_shape"], first?["batch_input_shape"], config["build_input_shape"],
      json["build_config"]?["input_shape"],
    ]
    for case let candidate? in candidates {
      guard let sides = candidate.array, sides.count == 2 || sides.count == 4 else { continue }
      let shape = sides.dropFirst().compactMap(\.integer)
      guard shape.count == sides.count - 1, shape.allSatisfy({ $0 >= 1 }) else { continue }
      let result = Shape(shape)
      if let count = result.count, count <= Model.largestParameterCount { return result }
    }
    return nil
  }

  /// Throws where the layers of a functional model are no row.
  private static func checkRow(_ layers: [JSONValue], _ config: JSONValue) throws(KerasFileError) {
    let notARow = KerasFileError(
      "its layers are no row: one has several inputs or outputs, or is used twice",
      help: "convo's models are layers in a row, as Keras's Sequential")
    var previous: String?
    for layer in layers {
      let nodes = layer["inbound_nodes"]?.array ?? []
      guard let name = layer["config"]?["name"]?.string else { throw .damaged("a layer has no name") }
      if isInput(layer) {
        guard previous == nil else { throw notARow }
      } else {
        let sources = nodes.count == 1 ? sourceNames(nodes[0]) : []
        guard sources.count == 1, sources.first == previous else { throw notARow }
      }
      previous = name
    }
  }

  /// The layers that a call of a layer takes its inputs from, in Keras 3's words or in those of Keras 2.
  private static func sourceNames(_ node: JSONValue) -> [String] {
    if let arguments = node["args"]?.array {
      return arguments.compactMap { $0["config"]?["keras_history"]?.array?.first?.string }
    }
    return (node.array ?? []).compactMap { $0.array?.first?.string }
  }

  /// As Keras writes a Sequential model.
  ///
  /// - Parameter legacy: As in files of HDF5 alone.
  static func write(_ model: Model, legacy: Bool = false) throws(KerasFileError) -> JSONValue {
    let shape = JSONValue.array([.null] + model.inputShape.sides.map(JSONValue.integer))
    let inputConfig: [(name: String, value: JSONValue)] = [
      ("batch_shape", shape), ("dtype", .string("float32")), ("sparse", .boolean(false)), ("ragged", .boolean(false)),
      ("name", .string("input_layer")),
    ]
    var layers = [
      legacy
        ? JSONValue.object([("class_name", .string("InputLayer")), ("config", .object(inputConfig))])
        : KerasNames.object("keras.layers", "InputLayer", inputConfig)
    ]
    for layer in model.layers { layers.append(try LayerConfig.write(layer, legacy: legacy)) }
    let config: [(name: String, value: JSONValue)] = [
      ("name", .string(model.name)), ("trainable", .boolean(true)), ("dtype", .string("float32")),
      ("layers", .array(layers)), ("build_input_shape", shape),
    ]
    guard !legacy else { return .object([("class_name", .string("Sequential")), ("config", .object(config))]) }
    guard case .object(var fields) = KerasNames.object("keras", "Sequential", config) else { return .null }
    fields.append(("build_config", .object([("input_shape", shape)])))
    if let compiled = model.compiled { fields.append(("compile_config", try CompileConfig.write(compiled))) }
    return .object(fields)
  }
}
