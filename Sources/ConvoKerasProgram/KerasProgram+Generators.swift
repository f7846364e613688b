extension KerasProgram {
  /// Loads a generator.
  ///
  /// - Parameters:
  ///   - preparation: The call of `ImageDataGenerator`.
  ///   - flow: The arguments of `flow_from_directory`.
  ///   - statistics: Where the mean of all images and the like come from; `nil` where nothing wants them.
  public mutating func loadGenerator(
    _ name: String, preparation: PythonCall, flow: [String], statistics: Statistics?
  ) {
    let prepared = variables.variable(name, "_datagen")
    let code = GeneratorCode(preparation: prepared, variable: variables.variable(name, "_generator"))
    write(["\(prepared) = \(preparation.text)"], imports: [.imageDataGenerator])
    switch statistics {
    case nil: break
    case .measured(let plain, let still):
      write(
        ["measure(\(prepared), \(PythonCall("\(plain.text).flow_from_directory", still).text))"], helpers: [.measure])
    case .of(let donor):
      if let donor = generators[donor]?.preparation {
        write(["copy_statistics(\(donor), \(prepared))"], helpers: [.copyStatistics])
      } else {
        unknownGenerator(donor)
      }
    }
    generators[name] = code
    write([PythonCall("\(code.variable) = \(prepared).flow_from_directory", flow).text])
  }

  /// Where the numbers come from that standardize images by all images.
  public enum Statistics: Sendable {
    /// From the generator's own: `plain` prepares them as far as that is done before, and `flow` loads each once.
    case measured(plain: PythonCall, flow: [String])
    /// From another generator.
    case of(String)
  }

  /// The variable of a generator; `nil`, with a remark, where the program does not load it.
  public mutating func generator(_ name: String) -> String? {
    if let code = generators[name] { return code.variable }
    unknownGenerator(name)
    return nil
  }

  /// Notes that a model learned from a generator's images, and so wants others prepared alike.
  public mutating func model(_ model: String, learnedFrom generator: String) {
    models[model]?.preparation = generators[generator]?.preparation
  }

  /// The `ImageDataGenerator` of the images that a model learned from.
  public func preparation(of model: String) -> String? {
    models[model]?.preparation
  }

  private mutating func unknownGenerator(_ name: String) {
    remark("\(name) was not loaded by this session, so this program can't use it")
  }
}
