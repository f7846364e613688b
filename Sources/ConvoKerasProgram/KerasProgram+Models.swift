extension KerasProgram {
  /// Begins a model.
  ///
  /// - Parameter input: The shape of one image.
  public mutating func beginModel(_ name: String, input: [Int]) {
    let variable = variables.variable(models.isEmpty ? "" : "\(name)_", "model")
    models[name] = ModelCode(variable: variable)
    append(
      .begin(
        model: variable, input: PythonCall("keras.Input", ["shape=\(PythonLiteral.tuple(input))"]).text,
        name: name))
  }

  /// Puts a layer at a model's end.
  ///
  /// - Parameters:
  ///   - layer: Its name in the model.
  ///   - hadLearned: Whether the model had learned anything, which convo then drops.
  public mutating func addLayer(_ layer: String, _ call: PythonCall, to model: String, hadLearned: Bool) {
    guard let code = models[model] else { return unknownModel(model) }
    if hadLearned { cloneModel(model, compiles: false) }
    append(.add(model: code.variable, layer: layer, call: call))
    if code.isUsed, !code.compile.isEmpty { write(code.compile) }
  }

  /// Takes a layer out of a model. Where the model was not used yet, the layer is just not added.
  public mutating func removeLayer(_ layer: String, from model: String, input: [Int]) {
    guard let code = models[model] else { return unknownModel(model) }
    let added = statements.lastIndex { statement in
      if case .add(code.variable, layer, _) = statement { true } else { false }
    }
    if let added, !code.isUsed {
      removeStatement(at: added)
      return
    }
    let shape = PythonLiteral.tuple(input)
    let lines = [
      "\(code.variable) = keras.Sequential(",
      "    [keras.Input(shape=\(shape))]",
      "    + [type(layer).from_config(layer.get_config()) for layer in \(code.variable).layers"
        + " if layer.name != \(PythonLiteral.text(layer))],",
      "    name=\(code.variable).name,",
      ")",
    ]
    write(lines + code.compile)
  }

  /// Gives a model new first weights.
  public mutating func resetModel(_ model: String) {
    guard models[model] != nil else { return unknownModel(model) }
    cloneModel(model, compiles: true)
  }

  /// Sets what a model is trained for.
  public mutating func compileModel(_ model: String, _ arguments: [String]) {
    guard let variable = use(model) else { return }
    let lines = PythonCall("\(variable).compile", arguments).lines()
    models[model]?.compile = lines
    write(lines)
  }

  /// The variable of a model that something other than adding layers is done with; `nil`, with a remark, where the
  /// program does not make the model.
  public mutating func use(_ model: String) -> String? {
    guard let code = models[model] else {
      unknownModel(model)
      return nil
    }
    models[model]?.isUsed = true
    return code.variable
  }

  /// The same layers with new weights.
  private mutating func cloneModel(_ model: String, compiles: Bool) {
    guard let code = models[model] else { return }
    models[model]?.preparation = nil
    write(
      ["\(code.variable) = keras.models.clone_model(\(code.variable))"]
        + (compiles ? code.compile : []))
  }

  private mutating func unknownModel(_ model: String) {
    remark("\(model) was not made by this session, so this program can't use it")
  }
}
