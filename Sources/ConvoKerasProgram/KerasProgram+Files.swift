extension KerasProgram {
  /// Writes a model to a file.
  public mutating func saveModel(_ model: String, as path: String, weightsOnly: Bool) {
    guard let variable = use(model) else { return }
    let method = weightsOnly ? "save_weights" : "save"
    write([PythonCall("\(variable).\(method)", [PythonLiteral.text(path)]).text])
  }

  /// Reads a model from a file, or weights into one that is there.
  public mutating func openModel(_ model: String, from path: String, weightsOnly: Bool) {
    guard !weightsOnly else {
      guard let variable = use(model) else { return }
      return write([PythonCall("\(variable).load_weights", [PythonLiteral.text(path)]).text])
    }
    let variable = variables.variable(models.isEmpty ? "" : "\(model)_", "model")
    models[model] = ModelCode(variable: variable, isUsed: true)
    write([
      PythonCall("keras.models.load_model", [PythonLiteral.text(path)]).lines(assignedTo: variable).joined(
        separator: "\n")
    ])
  }
}
