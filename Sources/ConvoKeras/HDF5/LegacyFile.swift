import ConvoJSON
import ConvoNetwork
import ConvoSchema
import ConvoTraining

/// `.h5` as Keras has written it since its first version: all in attributes and groups of one file of HDF5.
enum LegacyFile {
  private static let weights = "model_weights"
  private static let optimizer = "optimizer_weights"

  // MARK: - Writing

  static func write(_ saved: SavedModel, into file: borrowing HDF5File) throws(KerasFileError) {
    let model = saved.model
    try file.set("keras_version", of: "/", to: KerasNames.version)
    try file.set("backend", of: "/", to: "tensorflow")
    try file.set("model_config", of: "/", to: try ModelConfig.write(model, legacy: true).text)
    if let compiled = model.compiled {
      try file.set("training_config", of: "/", to: try CompileConfig.writeLegacy(compiled).text)
    }
    try file.makeGroup(weights)
    try file.set("layer_names", of: weights, to: model.layers.map(\.name))
    try file.set("backend", of: weights, to: "tensorflow")
    try file.set("keras_version", of: weights, to: KerasNames.version)
    let layout = WeightLayout(model)
    for (index, layer) in model.layers.enumerated() {
      let group = "\(weights)/\(layer.name)"
      try file.makeGroup(group)
      let entries = layout.entries.filter { $0.layer == index }
      try file.set("weight_names", of: group, to: entries.map { "\(layer.name)/\($0.weight.name)" })
      for entry in entries {
        try WeightsGroup.write(
          saved.learned.weights[entry.range], shape: entry.shape, to: "\(group)/\(layer.name)/\(entry.weight.name)",
          of: file)
      }
    }
    if let compiled = model.compiled, let state = saved.learned.optimizer {
      try write(state, saved.learned, compiled, layout, names: model.layers.map(\.name), into: file)
    }
  }

  private static func write(
    _ state: OptimizerState, _ learned: LearnedState, _ compiled: CompileSettings, _ layout: WeightLayout,
    names layers: [String], into file: borrowing HDF5File
  ) throws(KerasFileError) {
    let variables = OptimizerVariables(compiled.optimizer, layout).variables
    // Keras takes them in their order; the names are only for people.
    let names =
      ["iteration", "learning_rate"]
      + variables.map { "\(layers[$0.entry.layer])_\($0.entry.weight.name)_\($0.slot)" }
    try file.makeGroup(optimizer)
    try file.set("weight_names", of: optimizer, to: names)
    try file.write("\(optimizer)/iteration", integer: state.iterations)
    try file.write(
      "\(optimizer)/learning_rate", number: Float(learned.learningRate ?? compiled.optimizer.learningRate))
    for (name, variable) in zip(names.dropFirst(2), variables) {
      guard let slot = state[slot: variable.slot] else { continue }
      let range = variable.entry.range
      try WeightsGroup.write(
        slot[slot.startIndex + range.lowerBound..<slot.startIndex + range.upperBound], shape: variable.entry.shape,
        to: "\(optimizer)/\(name)", of: file)
    }
  }

  // MARK: - Reading

  static func read(_ file: HDF5Tree) throws(KerasFileError) -> SavedModel {
    guard let configuration = file.texts("model_config", of: "")?.first else {
      throw KerasFileError(
        "it has weights alone, and does not say of which model",
        help: "make the model first, and open the weights as a file that ends in .weights.h5")
    }
    var (model, notes) = try ModelConfig.read(try json(configuration, "model_config"))
    var learned = LearnedState(weights: try readWeights(of: model, in: file))
    if let training = file.texts("training_config", of: "")?.first {
      if let problem = CompileConfig.apply(try json(training, "training_config"), to: &model) { notes.append(problem) }
      if let (state, rate) = try readOptimizer(of: model, in: file) { learned.take(state, rate, of: model) }
    }
    var saved = SavedModel(model, learned)
    saved.notes = notes
    return saved
  }

  static func json(_ text: String, _ name: String) throws(KerasFileError) -> JSONValue {
    do {
      return try JSONValue(parsing: text.utf8)
    } catch {
      throw .damaged("its \(name) is no JSON")
    }
  }

  private static func readWeights(of model: Model, in file: HDF5Tree) throws(KerasFileError) -> [Float] {
    let layout = WeightLayout(model)
    var places: [WeightsGroup.Place] = []
    for (index, layer) in model.layers.enumerated() {
      let entries = layout.entries.filter { $0.layer == index }
      guard !entries.isEmpty else { continue }
      let group = "\(weights)/\(layer.name)"
      guard let names = file.texts("weight_names", of: group), names.count == entries.count else {
        throw .damaged("layer '\(layer.name)' has not the weights that it should have")
      }
      for (name, entry) in zip(names, entries) {
        places.append(.init(path: "\(group)/\(name)", range: entry.range, shape: entry.shape))
      }
    }
    return try WeightsGroup.read(layout.count, places, from: file)
  }

  private static func readOptimizer(
    of model: Model, in file: HDF5Tree
  ) throws(KerasFileError) -> (state: OptimizerState, learningRate: Float?)? {
    guard let names = file.texts("weight_names", of: optimizer), names.count >= 2 else { return nil }
    return try WeightsGroup.readOptimizer(of: model, in: file, paths: names.map { "\(optimizer)/\($0)" })
  }
}

extension LearnedState {
  /// Goes on with what a file has of the optimizer.
  mutating func take(_ state: OptimizerState, _ rate: Float?, of model: Model) {
    optimizer = state.iterations > 0 ? state : nil
    guard let rate, rate.isFinite, rate >= 0, let compiled = model.compiled?.optimizer.learningRate,
      rate != Float(compiled)
    else { return }
    learningRate = Double(rate.description) ?? Double(rate)
  }
}
