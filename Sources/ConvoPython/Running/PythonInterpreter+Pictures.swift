import ConvoData
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// Generators, single pictures, and what a model says of them.
extension PythonInterpreter {
  /// `flow_from_directory`: `load generator`, named for the variable.
  mutating func flow(
    _ generator: Construct, _ arguments: [ConstructArgument], at span: Span
  ) async throws(PythonMistake) -> PythonValue {
    let name = Self.sessionName(target, or: "generator")
    let parameters = catalog.schema(named: "load generator")?.parameters ?? []
    var command = KerasCommand(
      "load generator \(KerasCommand.quoted(name))", for: "flow_from_directory", at: span)
    var options: [(name: String, argument: ConstructArgument)] = []
    var isKnown = true
    var hasDirectory = false
    for (place, argument) in arguments.enumerated() {
      // Behind the name of convo's own they stand as in Keras.
      guard let option = argument.name ?? (parameters.indices.contains(place + 1) ? parameters[place + 1].name : nil)
      else {
        throw PythonMistake("flow_from_directory has no place for this", at: argument.span, code: "unexpected-argument")
      }
      guard option == "directory" else {
        options.append((option, argument))
        continue
      }
      hasDirectory = true
      if argument.value.isUnknown {
        isKnown = false
      } else if case .text(let path) = argument.value {
        command.append("from \(KerasCommand.quoted(path))", at: argument.span)
      } else {
        throw PythonMistake("the directory is a text", at: argument.span, code: "bad-value")
      }
    }
    guard hasDirectory else {
      throw PythonMistake("flow_from_directory needs directory", at: span, code: "missing-argument")
    }
    for argument in generator.arguments {
      guard let option = argument.name else {
        throw PythonMistake(
          "ImageDataGenerator's options go by their names", help: "as in rescale=1./255", at: argument.span,
          code: "unexpected-argument")
      }
      options.append((option, argument))
    }
    for (option, argument) in options {
      if argument.value.isUnknown {
        isKnown = false
      } else {
        let kind = parameters.first { $0.name == option }?.kind
        try command.append(option, argument.value, kind: kind, at: argument.span)
      }
    }
    // Without its directory a command can be looked at all the same.
    if !isKnown, looksOnly { return .generator(name) }
    try await run(command)
    return .generator(name)
  }

  // MARK: Pictures

  /// `load_img` and `img_to_array`.
  func picture(_ function: String, _ given: KerasArguments) throws(PythonMistake) -> PythonValue {
    var arguments = given
    if function == "img_to_array" {
      let picture = try arguments.require("img")
      try arguments.end()
      if picture.value.isUnknown { return .unknown }
      guard case .pictures = picture.value else {
        throw PythonMistake(
          "img_to_array takes a picture", help: "load_img loads one", at: picture.span, code: "bad-value")
      }
      return picture.value
    }
    let path = try arguments.require("path")
    let size = arguments.take("target_size")
    var mode = ColorMode.rgb
    var interpolation = Interpolation.nearest
    if let argument = arguments.take("color_mode"), case .text(let text) = argument.value {
      guard let found = ColorMode(rawValue: text) else {
        throw PythonMistake(
          "color_mode must be \(ColorMode.allCases.map(\.rawValue).joined(separator: ", "))", at: argument.span,
          code: "bad-value")
      }
      mode = found
    }
    if let argument = arguments.take("interpolation"), case .text(let text) = argument.value {
      guard let found = Interpolation(rawValue: text) else {
        throw PythonMistake(
          "interpolation must be \(Interpolation.allCases.map(\.rawValue).joined(separator: ", "))",
          at: argument.span, code: "bad-value")
      }
      interpolation = found
    }
    try arguments.end()
    if path.value.isUnknown || size?.value.isUnknown == true || looksOnly { return .unknown }
    guard case .text(let file) = path.value else {
      throw PythonMistake("a picture's path is a text", at: path.span, code: "bad-value")
    }
    var fit: ImageFit?
    if let size {
      let sides = (size.value.items ?? []).compactMap {
        if case .integer(let side) = $0, side > 0 { side } else { nil }
      }
      guard sides.count == 2 else {
        throw PythonMistake("target_size must be a size like (300, 300)", at: size.span, code: "bad-value")
      }
      fit = ImageFit(height: sides[0], width: sides[1], interpolation: interpolation)
    }
    do throws(ImageError) {
      let image =
        if let fit { try ImageFile.decode(file, as: mode, fittedTo: fit) } else { try ImageFile.decode(file, as: mode) }
      return .pictures(PictureArray(images: [image]))
    } catch {
      throw PythonMistake("\(error)", at: path.span, code: "file")
    }
  }

  /// `expand_dims`, `vstack`, `array` and `argmax`.
  func numpy(_ function: String, _ given: KerasArguments) throws(PythonMistake) -> PythonValue {
    var arguments = given
    let first = try arguments.require(function == "vstack" ? "tup" : "a")
    if first.value.isUnknown { return .unknown }
    let axis = arguments.take("axis", positional: true)
    try arguments.end()
    switch function {
    case "expand_dims":
      guard case .pictures(var pictures) = first.value, !pictures.isBatch else {
        throw PythonMistake(
          "expand_dims takes one picture", help: "img_to_array gives one", at: first.span, code: "bad-value")
      }
      if let axis {
        guard case .integer(0) = axis.value else {
          throw PythonMistake("a picture gets its new axis in front: axis=0", at: axis.span, code: "bad-value")
        }
      }
      pictures.isBatch = true
      return .pictures(pictures)
    case "vstack", "array":
      var stack: PictureArray?
      let items: [PythonValue]
      if case .pictures = first.value { items = [first.value] } else { items = first.value.items ?? [] }
      for item in items {
        guard case .pictures(let pictures) = item else {
          if function == "array", items.allSatisfy({ $0.double != nil }) {
            return .array(NumberArray(values: items.compactMap(\.double)))
          }
          throw PythonMistake("\(function) takes a list of pictures", at: first.span, code: "bad-value")
        }
        guard let old = stack else {
          stack = pictures
          continue
        }
        guard old.scale == pictures.scale, old.images.count < Self.longestList,
          old.images.first.map({ [$0.height, $0.width, $0.channels] })
            == pictures.images.first.map({ [$0.height, $0.width, $0.channels] })
        else {
          throw PythonMistake(
            "the pictures differ in size or in scale", help: "load all with one target_size", at: first.span,
            code: "shape")
        }
        stack?.images += pictures.images
      }
      guard var stack else { throw PythonMistake("there is nothing to stack", at: first.span, code: "bad-value") }
      stack.isBatch = true
      return .pictures(stack)
    default:
      let values: [Double]
      if case .array(let array) = first.value {
        values = array.values
      } else {
        values = (first.value.items ?? []).compactMap(\.double)
      }
      guard let largest = values.indices.max(by: { values[$0] < values[$1] }) else {
        throw PythonMistake("argmax takes a row of numbers", at: first.span, code: "bad-value")
      }
      return .integer(values.firstIndex(of: values[largest]) ?? largest)
    }
  }

  /// What the model makes of pictures: `[pictures, outputs]`. Their values go in as they are, as in Keras.
  func predict(_ model: String, _ given: KerasArguments) throws(PythonMistake) -> PythonValue {
    var arguments = given
    let argument = try arguments.require("x")
    for option in ["batch_size", "verbose", "steps"] { _ = arguments.take(option) }
    try arguments.end()
    if argument.value.isUnknown || looksOnly { return .unknown }
    if case .generator(let name) = argument.value {
      throw PythonMistake(
        "predict on a generator is outside what convo runs in Python",
        help: "in a cell of its own: predict \(name), or confusion \(name)", at: argument.span, code: "python-subset")
    }
    guard case .pictures(let pictures) = argument.value, pictures.isBatch, let first = pictures.images.first else {
      throw PythonMistake(
        "predict takes pictures with an axis in front", help: "x = np.expand_dims(x, axis=0)", at: argument.span,
        code: "shape")
    }
    guard let context, let trained = state.model(named: model),
      let mode = ColorMode.allCases.first(where: { $0.channels == first.channels })
    else { return .unknown }
    let learned = trained.learned ?? LearnedState(initial: trained.model, seed: state.settings.seed)
    let preprocessing = Preprocessing(
      size: ImageSize(height: first.height, width: first.width), colorMode: mode,
      rescale: pictures.scale == 1 ? nil : pictures.scale)
    let usual = trained.preprocessing?.rescale ?? 1
    if trained.learned != nil, abs(usual - pictures.scale) > 1e-9 {
      context.say(
        "the model learned from values times \(NumberText.short(usual)); these are times "
          + "\(NumberText.short(pictures.scale)): divide them as the generator does", .warning)
    }
    do throws(TrainingError) {
      let predictor = try Predictor(
        trained.model, learned, preprocessing, most: pictures.images.count, threads: state.settings.threads,
        kernels: state.settings.kernels)
      let rows = try predictor.predictions(for: pictures.images)
      return .array(NumberArray(values: rows.joined().map(Double.init), columns: rows.first?.count ?? 0))
    } catch {
      throw PythonMistake("\(error)", at: argument.span, code: "shape")
    }
  }

  // MARK: Charts

  /// matplotlib's functions draw into the figure, and `show` shows it.
  mutating func plot(_ function: String, _ given: KerasArguments) throws(PythonMistake) {
    var arguments = given
    switch function {
    case "show":
      let chart = environment.figure.take()
      if let chart { context?.emit(.chart(chart)) }
    case "figure": environment.figure.newPanel()
    case "title", "xlabel", "ylabel":
      let label = try arguments.require("label")
      let text = label.value.printed
      if function == "title" { environment.figure.title(text) }
      if function == "xlabel" { environment.figure.xlabel(text) }
      if function == "ylabel" { environment.figure.ylabel(text) }
    case "legend":
      if let names = arguments.take("labels", positional: true)?.value.items {
        environment.figure.legend(names.map(\.printed))
      }
    case "plot", "scatter":
      let label = arguments.take("label").map { $0.value.printed }
      var columns: [[Double]] = []
      for argument in arguments.rest where argument.name == nil {
        if argument.value.isUnknown { return }
        if case .text = argument.value { continue }
        guard let items = argument.value.items, items.allSatisfy({ $0.double != nil }) else {
          throw PythonMistake(
            "\(function) draws rows of numbers", help: "as in plt.plot(history.history['loss'])", at: argument.span,
            code: "bad-value")
        }
        columns.append(items.compactMap(\.double))
      }
      guard let last = columns.last, columns.count <= 2 else {
        throw PythonMistake("\(function) draws one line at a time", at: arguments.call, code: "python-subset")
      }
      let horizontal = columns.count == 2 ? columns[0] : nil
      if let horizontal, horizontal.count != last.count {
        throw PythonMistake(
          "\(horizontal.count) places and \(last.count) values do not go together", at: arguments.call, code: "shape")
      }
      environment.figure.plot(x: horizontal, y: last, label: label, isLine: function == "plot")
    default: break
    }
  }
}
