extension KerasProgram {
  /// Loads a generator.
  ///
  /// - Parameters:
  ///   - preparation: The call of `ImageDataGenerator`.
  ///   - flow: The arguments of `flow_from_directory`.
  ///   - still: Those with which it gives each image once and without labels.
  ///   - plain: The call of an `ImageDataGenerator` that chooses the same images and leaves them as they are.
  ///   - measured: The generator whose images' mean, deviation and whitening are used; `nil` for none.
  public mutating func loadGenerator(
    _ name: String, preparation: PythonCall, flow: [String], plain: PythonCall, still: [String], measured: String?
  ) {
    let prepared = variables.variable(name, "_datagen")
    let code = GeneratorCode(
      preparation: prepared, variable: variables.variable(name, "_generator"),
      still: PythonCall("\(plain.text).flow_from_directory", still).text)
    var lines = preparation.lines(assignedTo: prepared)
    if let measured {
      if let images = measured == name ? code.still : generators[measured]?.still {
        lines += PythonCall("measure", [prepared, images]).lines()
      } else {
        unknownGenerator(measured)
      }
    }
    generators[name] = code
    lines += PythonCall("\(prepared).flow_from_directory", flow).lines(assignedTo: code.variable)
    write(lines, imports: [.imageDataGenerator], helpers: measured == nil ? [] : [.measure])
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
