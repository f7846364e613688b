import ConvoNetwork
import ConvoSchema
import ConvoTraining

/// `model.weights.h5`: the weights under `layers/CLASS/vars/N`, the optimizer's under `optimizer/vars/N`.
enum WeightsGroup {
  // MARK: - Writing

  static func write(_ model: Model, _ learned: LearnedState, into file: borrowing HDF5File) throws(KerasFileError) {
    let layout = WeightLayout(model)
    let groups = groups(of: model)
    for (index, group) in groups.enumerated() {
      try file.makeGroup("layers/\(group)/vars")
      try file.set("name", of: "layers/\(group)/vars", to: model.layers[index].name)
    }
    for place in places(layout, groups) {
      try write(learned.weights[place.range], shape: place.shape, to: place.path, of: file)
    }
    try file.makeGroup("vars")
    try file.set("name", of: "vars", to: model.name)
    guard let compiled = model.compiled else { return }
    try file.makeGroup("optimizer/vars")
    try file.set("name", of: "optimizer/vars", to: type(of: compiled.optimizer).schema.name)
    try write(compiled, learned, layout, into: file)
  }

  private static func write(
    _ compiled: CompileSettings, _ learned: LearnedState, _ layout: WeightLayout, into file: borrowing HDF5File
  ) throws(KerasFileError) {
    let state = learned.optimizer ?? OptimizerState(for: compiled.optimizer, weights: layout.count)
    try file.write("optimizer/vars/0", integer: state.iterations)
    try file.write("optimizer/vars/1", number: Float(learned.learningRate ?? compiled.optimizer.learningRate))
    for (index, variable) in OptimizerVariables(compiled.optimizer, layout).variables.enumerated() {
      guard let slot = state[slot: variable.slot] else { continue }
      let range = variable.entry.range
      try write(
        slot[slot.startIndex + range.lowerBound..<slot.startIndex + range.upperBound], shape: variable.entry.shape,
        to: "optimizer/vars/\(index + 2)", of: file)
    }
  }

  static func write(
    _ numbers: ArraySlice<Float>, shape: [Int], to path: String, of file: borrowing HDF5File
  ) throws(KerasFileError) {
    var failure: KerasFileError?
    numbers.withUnsafeBufferPointer { buffer in
      do throws(KerasFileError) {
        try file.write(path, shape: shape, buffer)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  // MARK: - Reading

  /// The weights of a model. Throws where the file has not those of all its layers, in their shapes.
  static func weights(of model: Model, in file: HDF5Tree) throws(KerasFileError) -> [Float] {
    let layout = WeightLayout(model)
    return try read(layout.count, places(layout, groups(of: model)), from: file)
  }

  /// What the optimizer remembers, and its learning rate; `nil` where the file has nothing of it.
  static func optimizer(
    of model: Model, in file: HDF5Tree
  ) throws(KerasFileError) -> (state: OptimizerState, learningRate: Float?)? {
    guard file.has("optimizer/vars/0") else { return nil }
    var count = 2
    while file.has("optimizer/vars/\(count)") { count += 1 }
    return try readOptimizer(of: model, in: file, paths: (0..<count).map { "optimizer/vars/\($0)" })
  }

  /// - Parameter paths: Of the counter of steps, the learning rate, and all that is remembered, in Keras's order.
  static func readOptimizer(
    of model: Model, in file: HDF5Tree, paths: [String]
  ) throws(KerasFileError) -> (state: OptimizerState, learningRate: Float?)? {
    guard let compiled = model.compiled else { return nil }
    // One that Keras has not built yet, as no step was done, has its counter and its rate alone.
    if paths.count == 2, !compiled.optimizer.slotNames.isEmpty { return nil }
    guard paths.count >= 2, let iterations = file.integer(paths[0]), (0...mostSteps).contains(iterations) else {
      throw .damaged("the optimizer's counter of steps makes no sense")
    }
    let layout = WeightLayout(model)
    let variables = OptimizerVariables(compiled.optimizer, layout).variables
    guard paths.count == variables.count + 2 else {
      throw .damaged("its optimizer remembers something else than \(type(of: compiled.optimizer).kerasName) does")
    }
    let slots = compiled.optimizer.slotNames
    let places = zip(paths.dropFirst(2), variables).compactMap { path, variable in
      slots.firstIndex(of: variable.slot).map {
        Place(
          path: path, range: variable.entry.range.shifted(by: $0 * layout.count), shape: variable.entry.shape)
      }
    }
    let values = try read(slots.count * layout.count, places, from: file)
    guard
      let state = OptimizerState(
        iterations: iterations, accumulationSteps: compiled.optimizer.options.gradientAccumulationSteps ?? 1,
        slotNames: slots, count: layout.count, values: values)
    else { throw .damaged("what its optimizer remembers makes no sense") }
    return (state, file.number(paths[1]))
  }

  /// Nobody has done more.
  private static let mostSteps = 1 << 50

  /// Where numbers lie in the file, and in the flat block that they are read into.
  struct Place {
    let path: String
    let range: Range<Int>
    let shape: [Int]
  }

  /// Looks at all shapes before any number is read.
  static func read(
    _ count: Int, _ places: [Place], from file: HDF5Tree
  ) throws(KerasFileError) -> [Float] {
    for place in places {
      guard let found = file.shape(place.path) else { throw .damaged("there are no numbers at \(place.path)") }
      guard found == place.shape else {
        throw KerasFileError(
          "\(place.path) has the shape \(HDF5Tree.inWords(found)), and its place in the model \(HDF5Tree.inWords(place.shape))",
          help: "open weights into a model with the same layers as the one that they were saved from")
      }
    }
    var values = [Float](repeating: 0, count: count)
    for place in places {
      guard let numbers = file.numbers(place.path), numbers.count == place.range.count else {
        throw .damaged("the numbers at \(place.path) can't be read")
      }
      values.replaceSubrange(place.range, with: numbers)
    }
    return values
  }

  private static func places(_ layout: WeightLayout, _ groups: [String]) -> [Place] {
    var numbers: [Int: Int] = [:]
    return layout.entries.map { entry in
      let number = numbers[entry.layer, default: 0]
      numbers[entry.layer] = number + 1
      return Place(path: "layers/\(groups[entry.layer])/vars/\(number)", range: entry.range, shape: entry.shape)
    }
  }

  private static func groups(of model: Model) -> [String] {
    KerasNames.weightGroups(model.layers.map { type(of: $0.spec).kerasName })
  }
}

extension Range<Int> {
  fileprivate func shifted(by distance: Int) -> Range<Int> {
    lowerBound + distance..<upperBound + distance
  }
}
