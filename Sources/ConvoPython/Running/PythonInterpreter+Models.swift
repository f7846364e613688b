import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// Models: `Sequential`, and its methods as convo's commands.
extension PythonInterpreter {
  // MARK: Building

  /// Binds a layer's options as soon as it is called into being.
  func checked(_ layer: Construct) throws(PythonMistake) -> KerasCommand? {
    guard case .layer(let schema) = layer.name.meaning else { return nil }
    var command = KerasCommand("add \(schema.name)", for: layer.name.name, at: layer.span)
    var place = 0
    for argument in layer.arguments where !Self.isInputShape(argument) {
      var name = argument.name
      if name == nil {
        guard schema.parameters.indices.contains(place), place < 3 else {
          throw PythonMistake(
            "\(layer.name.name) has no place for this", help: "give it its name: name=value", at: argument.span,
            code: "unexpected-argument")
        }
        name = schema.parameters[place].name
        place += 1
      }
      if argument.value.isUnknown { continue }
      try command.append(
        name ?? "", argument.value, kind: schema.parameter(name ?? "")?.kind, at: argument.span)
    }
    return command
  }

  private static func isInputShape(_ argument: ConstructArgument) -> Bool {
    ["input_shape", "batch_input_shape"].contains(argument.name)
  }

  mutating func check(_ layer: Construct) throws(PythonMistake) {
    guard looksOnly, let command = try checked(layer), !layer.arguments.contains(where: \.value.isUnknown) else {
      return
    }
    mistakes += catalog.mistakes(in: SourceText(command.text)).map(command.translated)
  }

  mutating func sequential(_ construct: Construct) async throws(PythonMistake) -> PythonValue {
    var arguments = KerasArguments(construct.arguments, call: construct.span, function: "Sequential")
    let layers = arguments.take("layers", positional: true)
    var name = Self.sessionName(target, or: "sequential")
    if let given = arguments.take("name") {
      guard case .text(let text) = given.value else {
        throw PythonMistake("a model's name is a text", at: given.span, code: "bad-value")
      }
      name = Self.sessionName(text, or: name)
    }
    try arguments.end()
    environment.waiting[name] = []
    guard let layers else { return .model(name) }
    if case .unknown = layers.value { return .model(name) }
    guard let items = layers.value.items else {
      throw PythonMistake(
        "Sequential takes a list of layers", help: "Sequential([layer, layer, …])", at: layers.span, code: "bad-value")
    }
    for item in items { try await add(item, to: name, at: layers.span) }
    return .model(name)
  }

  /// A name that the session accepts, made from a variable's.
  static func sessionName(_ variable: String?, or usual: String) -> String {
    let name = (variable ?? usual).drop { !$0.isLetter }.filter { $0.isLetter || $0.isNumber || "_-".contains($0) }
    return name.isEmpty ? usual : name
  }

  private mutating func add(_ layer: PythonValue, to model: String, at span: Span) async throws(PythonMistake) {
    if case .unknown = layer { return }
    guard case .construct(let construct) = layer else {
      throw PythonMistake("a \(layer.typeName) is no layer", help: "as in Dense(1)", at: span, code: "bad-value")
    }
    switch construct.name.meaning {
    case .input:
      var arguments = KerasArguments(construct.arguments, call: construct.span, function: construct.name.name)
      _ = arguments.take("name")
      let given = arguments.take("input_shape")
      let shape: ConstructArgument = if let given { given } else { try arguments.require("shape") }
      try arguments.end()
      try await begin(model, with: shape)
    case .layer:
      if let shape = construct.arguments.first(where: Self.isInputShape), environment.waiting[model]?.isEmpty == true {
        try await begin(model, with: shape)
      }
      if environment.waiting[model] != nil {
        if looksOnly { return }
        throw PythonMistake(
          "the model does not know the size of its images yet",
          help: "give the first layer input_shape=(300, 300, 3), or begin with Input(shape=(300, 300, 3))",
          at: construct.span, code: "not-ready")
      }
      // Looked at when it was called into being.
      guard !looksOnly, let command = try checked(construct) else { return }
      try await use(model, at: construct.span)
      try await run(command)
    default:
      throw PythonMistake(
        "\(construct.name.name) is no layer", help: "as in Dense(1)", at: construct.span, code: "bad-value")
    }
  }

  private mutating func begin(_ model: String, with shape: ConstructArgument) async throws(PythonMistake) {
    environment.waiting[model] = nil
    if shape.value.isUnknown { return }
    // As Python's assignment does, a new model takes the place of the old one.
    if let old = state.model(named: model), !looksOnly {
      state = state.applying(.setModel(TrainedModel(Model(name: model, inputShape: old.model.inputShape))))
    }
    var command = KerasCommand("new model \(KerasCommand.quoted(model))", for: "Sequential", at: shape.span)
    let kind = catalog.schema(named: "new model")?.parameter("input")?.kind
    try command.append("input", shape.value, kind: kind, at: shape.span)
    try await run(command)
  }

  /// Makes a model the one that commands speak of.
  private mutating func use(_ model: String, at span: Span) async throws(PythonMistake) {
    if looksOnly { return }
    if let layers = environment.waiting[model] {
      throw PythonMistake(
        layers.isEmpty ? "the model has no layers yet" : "the model does not know the size of its images yet",
        help: "give the first layer input_shape=(300, 300, 3)", at: span, code: "not-ready")
    }
    guard state.model(named: model) != nil else {
      throw PythonMistake(
        "the session has no model '\(model)' any more", help: "make it again", at: span, code: "unknown-name")
    }
    if state.activeModelName != model { state = state.applying(.useModel(model)) }
  }

  // MARK: Methods

  mutating func callModel(
    _ model: String, _ method: String, _ given: KerasArguments
  ) async throws(PythonMistake) -> PythonValue {
    var arguments = given
    let span = arguments.call
    if method == "add" {
      let layer = try arguments.require("layer")
      try arguments.end()
      try await add(layer.value, to: model, at: layer.span)
      return .none
    }
    try await use(model, at: span)
    switch method {
    case "compile":
      try await compile(arguments)
      return .none
    case "fit": return try await fit(model, arguments)
    case "evaluate": return try await evaluate(arguments)
    case "predict": return try predict(model, arguments)
    case "summary":
      try arguments.end()
      try await run(KerasCommand("summary", for: "summary", at: span))
      return .none
    case "count_params": return looksOnly ? .unknown : .integer(state.model(named: model)?.model.parameterCount ?? 0)
    case "pop":
      let count = state.model(named: model)?.model.layers.count ?? 1
      if !looksOnly { try await run(KerasCommand("remove layer \(max(1, count))", for: "pop", at: span)) }
      return .none
    default:
      // save, save_weights, load_weights
      let path = try arguments.require("filepath")
      _ = arguments.take("overwrite")
      try arguments.end()
      guard !path.value.isUnknown else { return .none }
      var command = KerasCommand(method == "load_weights" ? "open" : "save", for: method, at: span)
      guard let literal = KerasCommand.literal(path.value) else {
        throw PythonMistake("a path is a text", at: path.span, code: "bad-value")
      }
      command.append(literal, at: path.span)
      try await run(command)
      return .none
    }
  }

  mutating func loadModel(_ given: KerasArguments) async throws(PythonMistake) -> PythonValue {
    var arguments = given
    let path = try arguments.require("filepath")
    try arguments.end()
    guard !path.value.isUnknown, let literal = KerasCommand.literal(path.value) else { return .unknown }
    var command = KerasCommand("open", for: "load_model", at: arguments.call)
    command.append(literal, at: path.span)
    let before = state
    if let target {
      let name = Self.sessionName(target, or: "model")
      command.append("as \(KerasCommand.quoted(name))", at: path.span)
      // As Python's assignment does, the model takes the place of the old one, once it is read.
      if let old = state.model(named: name), !looksOnly {
        state = state.applying(.setModel(TrainedModel(Model(name: name, inputShape: old.model.inputShape))))
      }
    }
    do throws(PythonMistake) {
      try await run(command)
    } catch {
      state = before
      throw error
    }
    return state.activeModelName.map(PythonValue.model) ?? .unknown
  }

  private mutating func compile(_ given: KerasArguments) async throws(PythonMistake) {
    var arguments = given
    var command = KerasCommand("compile", for: "model.compile", at: arguments.call)
    var isKnown = true
    for (place, name) in ["optimizer", "loss", "metrics"].enumerated() {
      // By its place only behind those before it, as in Python.
      let isNext = place == 0 || given.rest.prefix(place + 1).allSatisfy { $0.name == nil }
      guard let argument = arguments.take(name, positional: isNext) else { continue }
      if argument.value.isUnknown {
        isKnown = false
        continue
      }
      if name == "metrics" {
        try command.append(name, argument.value, kind: nil, at: argument.span)
      } else if case .construct(let construct) = argument.value {
        try append(construct, as: name, to: &command)
      } else if case .member(let member) = argument.value, let word = member.word {
        command.append("\(name)=\(word)", at: argument.span)
      } else {
        try command.append(name, argument.value, kind: nil, at: argument.span)
      }
    }
    try arguments.end()
    if isKnown { try await run(command) }
  }

  /// A loss or an optimizer with its options, which stand in the same line.
  private func append(
    _ construct: Construct, as name: String, to command: inout KerasCommand
  ) throws(PythonMistake) {
    let schema: Schema
    switch construct.name.meaning {
    case .optimizer(let found) where name == "optimizer", .loss(let found) where name == "loss": schema = found
    default:
      throw PythonMistake("\(construct.name.name) is no \(name)", at: construct.span, code: "bad-value")
    }
    command.append("\(name)=\(schema.name)", at: construct.span)
    for (place, argument) in construct.arguments.enumerated() {
      var option = argument.name
      if option == nil, place == 0, name == "optimizer" { option = "learning_rate" }
      if option == "lr" {
        throw PythonMistake(
          "\(construct.name.name) has no 'lr' any more", help: "it is called learning_rate", at: argument.span,
          code: "unknown-option",
          mend: PythonMend(span: Span(argument.span.start, argument.span.start + 2), replacement: "learning_rate"))
      }
      guard let option else {
        throw PythonMistake(
          "\(construct.name.name) has no place for this", help: "give it its name: name=value", at: argument.span,
          code: "unexpected-argument")
      }
      try command.append(option, argument.value, kind: schema.parameter(option)?.kind, at: argument.span)
    }
  }

  private mutating func fit(_ model: String, _ given: KerasArguments) async throws(PythonMistake) -> PythonValue {
    var arguments = given
    var command = KerasCommand("fit", for: "model.fit", at: arguments.call)
    let images = try arguments.require("x")
    var isKnown = try append(images, to: &command, as: nil)
    let callbacks = arguments.take("callbacks")
    for argument in arguments.rest {
      guard let name = argument.name else {
        throw PythonMistake(
          "model.fit learns from a generator alone", help: "it brings images and labels; give the rest its names",
          at: argument.span, code: "unexpected-argument")
      }
      if name == "verbose", case .text("auto") = argument.value { continue }
      if name == "validation_data" {
        isKnown = try append(argument, to: &command, as: name) && isKnown
      } else if argument.value.isUnknown {
        isKnown = false
      } else {
        try command.append(name, argument.value, kind: nil, at: argument.span)
      }
    }
    if let callbacks, !callbacks.value.isUnknown {
      for callback in callbacks.value.items ?? [callbacks.value] { try append(callback, callbacks, to: &command) }
    }
    guard isKnown else { return .unknown }
    let before = state.model(named: model)?.learned?.history.count ?? 0
    try await run(command)
    if looksOnly { return .unknown }
    let history = (state.model(named: model)?.learned?.history ?? []).dropFirst(before)
    let names = history.first?.measured.map(\.name) ?? []
    return .history(
      names.map { name in
        (name, history.map { record in record.measured.first { $0.name == name }?.value ?? .nan })
      }, epochs: history.map { $0.epoch - 1 })
  }

  /// A generator, by its name in the session; `false` where only running can tell which.
  private func append(
    _ argument: ConstructArgument, to command: inout KerasCommand, as name: String?
  ) throws(PythonMistake) -> Bool {
    if case .none = argument.value, name != nil { return true }
    if argument.value.isUnknown { return false }
    guard case .generator(let generator) = argument.value else {
      throw PythonMistake(
        "\(name ?? "the images") must be a generator, not a \(argument.value.typeName)",
        help: "ImageDataGenerator(…).flow_from_directory(…) makes one", at: argument.span, code: "bad-value")
    }
    let literal = KerasCommand.quoted(generator)
    command.append(name.map { "\($0)=\(literal)" } ?? literal, at: argument.span)
    return true
  }

  private func append(
    _ callback: PythonValue, _ argument: ConstructArgument, to command: inout KerasCommand
  ) throws(PythonMistake) {
    guard case .construct(let construct) = callback else {
      throw PythonMistake(
        "a \(callback.typeName) is no callback that convo knows",
        help: "EarlyStopping and ReduceLROnPlateau are", at: argument.span, code: "bad-value")
    }
    let option: String
    switch construct.name.meaning {
    case .earlyStopping: option = "early_stopping"
    case .reduceLearningRate: option = "reduce_lr"
    default:
      throw PythonMistake("\(construct.name.name) is no callback", at: construct.span, code: "bad-value")
    }
    var monitor = "val_loss"
    var options: [ConstructArgument] = []
    for (place, argument) in construct.arguments.enumerated() {
      if argument.name == "monitor" || (argument.name == nil && place == 0) {
        guard case .text(let text) = argument.value else {
          throw PythonMistake("monitor is a text", at: argument.span, code: "bad-value")
        }
        monitor = text
      } else if argument.name != "verbose" {
        options.append(argument)
      }
    }
    guard let written = construct.call(named: monitor, options) else {
      throw PythonMistake("an option of \(construct.name.name) can't be this", at: construct.span, code: "bad-value")
    }
    command.append("\(option)=\(KerasCommand.quoted(written))", at: construct.span)
  }

  private mutating func evaluate(_ given: KerasArguments) async throws(PythonMistake) -> PythonValue {
    var arguments = given
    var command = KerasCommand("evaluate", for: "model.evaluate", at: arguments.call)
    let images = try arguments.require("x")
    let isKnown = try append(images, to: &command, as: nil)
    _ = arguments.take("verbose")
    if let steps = arguments.take("steps"), !steps.value.isUnknown {
      try command.append("steps", steps.value, kind: nil, at: steps.span)
    }
    try arguments.end()
    guard isKnown else { return .unknown }
    try await run(command)
    if looksOnly { return .unknown }
    let values = measured.map { PythonValue.number($0.value) }
    return values.count == 1 ? values[0] : .list(values)
  }
}

extension CommandCatalog {
  /// The schema of a command.
  func schema(named name: String) -> Schema? {
    commands.first { $0.schema.name == name }?.schema
  }
}
