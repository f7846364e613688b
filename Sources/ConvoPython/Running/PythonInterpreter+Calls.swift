import ConvoData
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoSchema

/// The functions that every Python has.
enum PythonBuiltIn: String {
  case print, len, range, str, int, float, round, abs, min, max, list, sorted
}

/// Attributes and calls.
extension PythonInterpreter {
  func attribute(_ name: String, of value: PythonValue, at span: Span) throws(PythonMistake) -> PythonValue {
    let place = Span(max(span.start, span.end - name.utf8.count), span.end)
    switch value {
    case .unknown: return .unknown
    case .module(let path): return try KerasModules.member(name, of: path, at: place)
    case .history(let columns, let epochs):
      if name == "history" {
        return .dictionary(columns.map { (.text($0.name), .list($0.values.map(PythonValue.number))) })
      }
      if name == "epoch" { return .list(epochs.map(PythonValue.integer)) }
      throw unknownAttribute(name, of: value, ["history", "epoch"], at: place)
    case .generator(let generator): return try generatorAttribute(name, of: generator, at: place)
    case .model(let model):
      if name == "name" { return .text(model) }
      let methods = [
        "add", "compile", "fit", "evaluate", "predict", "summary", "save", "save_weights", "load_weights", "pop",
        "count_params",
      ]
      if methods.contains(name) { return .method(value, name) }
      if name == "fit_generator" || name == "evaluate_generator" || name == "predict_generator" {
        let short = String(name.prefix { $0 != "_" })
        throw PythonMistake(
          "Keras has no '\(name)' any more", help: "\(short) takes generators: model.\(short)(…)", at: place,
          code: "python-subset", mend: PythonMend(span: place, replacement: short))
      }
      throw unknownAttribute(name, of: value, methods, at: place)
    case .construct(let construct):
      if case .imageDataGenerator = construct.name.meaning, name == "flow_from_directory" {
        return .method(value, name)
      }
      throw unknownAttribute(name, of: value, ["flow_from_directory"], at: place)
    case .dictionary:
      if ["keys", "values", "get"].contains(name) { return .method(value, name) }
      throw unknownAttribute(name, of: value, ["keys", "values", "get"], at: place)
    case .pictures(let pictures):
      if name == "shape", let first = pictures.images.first {
        let sides = (pictures.isBatch ? [pictures.images.count] : []) + [first.height, first.width, first.channels]
        return .tuple(sides.map(PythonValue.integer))
      }
      throw unknownAttribute(name, of: value, ["shape"], at: place)
    case .array(let array):
      if name == "shape" {
        return .tuple(([array.count] + (array.columns.map { [$0] } ?? [])).map(PythonValue.integer))
      }
      throw unknownAttribute(name, of: value, ["shape"], at: place)
    case .none, .boolean, .integer, .number, .text, .list, .tuple, .member, .method:
      throw unknownAttribute(name, of: value, [], at: place)
    }
  }

  private func unknownAttribute(
    _ name: String, of value: PythonValue, _ known: [String], at span: Span
  ) -> PythonMistake {
    PythonMistake(
      "convo knows no '\(name)' of a \(value.typeName)",
      help: Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? "help python lists what runs" : "it has: " + known.joined(separator: ", ")), at: span,
      code: "python-subset")
  }

  private func generatorAttribute(_ name: String, of generator: String, at span: Span) throws(PythonMistake)
    -> PythonValue
  {
    let known = ["class_indices", "samples", "n", "batch_size", "num_classes"]
    guard known.contains(name) else { throw unknownAttribute(name, of: .generator(generator), known, at: span) }
    guard !looksOnly, let images = state.generator(named: generator) else { return .unknown }
    return switch name {
    case "class_indices":
      .dictionary(images.classNames.enumerated().map { (.text($0.element), .integer($0.offset)) })
    case "batch_size": .integer(images.options.batchSize)
    case "num_classes": .integer(images.classNames.count)
    default: .integer(images.count)
    }
  }

  // MARK: Calls

  mutating func call(
    _ function: PythonExpression, _ written: [PythonArgument], at span: Span
  ) async throws(PythonMistake) -> PythonValue {
    let callee = try await evaluate(function)
    // What is made inside of the arguments is not what the variable is named for.
    let name = target
    target = nil
    var arguments: [ConstructArgument] = []
    for argument in written {
      let value = try await evaluate(argument.value)
      if let label = argument.name, arguments.contains(where: { $0.name == label.content }) {
        throw PythonMistake("\(label.content) is given twice", help: "leave one of them out", at: label.span)
      }
      arguments.append(
        ConstructArgument(
          name: argument.name?.content, value: value,
          span: Span(argument.name?.span.start ?? argument.value.span.start, argument.value.span.end)))
    }
    target = name
    switch callee {
    case .unknown: return .unknown
    case .member(let member): return try await call(member, arguments, at: span)
    case .method(.none, let builtIn): return try callBuiltIn(builtIn, arguments, at: span)
    case .method(.model(let model), let method):
      return try await callModel(model, method, KerasArguments(arguments, call: span, function: "model.\(method)"))
    case .method(.construct(let generator), _): return try await flow(generator, arguments, at: span)
    case .method(.dictionary(let items), let method):
      switch method {
      case "keys": return .list(items.map(\.key))
      case "values": return .list(items.map(\.value))
      default:
        guard let key = arguments.first else { throw PythonMistake("get needs a key", at: span) }
        return items.first { $0.key.shown == key.value.shown }?.value ?? arguments.dropFirst().first?.value ?? .none
      }
    default:
      throw PythonMistake("a \(callee.typeName) can't be called", at: function.span, code: "bad-value")
    }
  }

  private mutating func call(
    _ member: KerasName, _ arguments: [ConstructArgument], at span: Span
  ) async throws(PythonMistake) -> PythonValue {
    let construct = Construct(name: member, arguments: arguments, span: span)
    switch member.meaning {
    case .layer:
      try check(construct)
      return .construct(construct)
    case .input, .optimizer, .loss, .metric, .written, .earlyStopping, .reduceLearningRate, .imageDataGenerator:
      return .construct(construct)
    case .sequential: return try await sequential(construct)
    case .function:
      let given = KerasArguments(arguments, call: span, function: member.name)
      switch member.module {
      case "matplotlib.pyplot":
        try plot(member.name, given)
        return .none
      case "os.path": return try path(member.name, arguments, at: span)
      case "numpy": return try numpy(member.name, given)
      case "keras.models": return try await loadModel(given)
      default: return try picture(member.name, given)
      }
    }
  }

  private func path(_ name: String, _ arguments: [ConstructArgument], at span: Span) throws(PythonMistake)
    -> PythonValue
  {
    if arguments.contains(where: \.value.isUnknown) { return .unknown }
    var joined = ""
    for argument in arguments {
      guard case .text(let part) = argument.value else {
        throw PythonMistake("a path is made of texts, not of a \(argument.value.typeName)", at: argument.span)
      }
      if part.hasPrefix("/") || joined.isEmpty {
        joined = part
      } else {
        joined += (joined.hasSuffix("/") ? "" : "/") + part
      }
    }
    guard joined.utf8.count < 10_000 else { throw PythonMistake("the path is too long", at: span) }
    return .text(name == "basename" ? joined.split(separator: "/").last.map(String.init) ?? "" : joined)
  }

  // MARK: Built-in functions

  private func callBuiltIn(
    _ name: String, _ arguments: [ConstructArgument], at span: Span
  ) throws(PythonMistake) -> PythonValue {
    guard let builtIn = PythonBuiltIn(rawValue: name) else { return .unknown }
    if builtIn == .print {
      guard let context else { return .none }
      var separator = " "
      var parts: [String] = []
      for argument in arguments {
        if argument.name == "sep", case .text(let text) = argument.value { separator = text }
        if argument.name == nil { parts.append(argument.value.printed) }
      }
      context.emit(.text(StyledText(parts.joined(separator: separator), mayWrap: false)))
      return .none
    }
    if arguments.contains(where: \.value.isUnknown) { return .unknown }
    if let named = arguments.first(where: { $0.name != nil }) {
      throw PythonMistake(
        "\(name) takes no '\(named.name ?? "")' here", help: "help python lists what runs", at: named.span,
        code: "unknown-option")
    }
    let values = arguments.map(\.value)
    func unfit() -> PythonMistake {
      PythonMistake(
        "\(name) can't be asked about "
          + (values.isEmpty ? "nothing" : values.map { "a \($0.typeName)" }.joined(separator: " and ")),
        at: span, code: "bad-value")
    }
    switch builtIn {
    case .print: return .none
    case .str: return .text(values.first?.printed ?? "")
    case .len:
      if case .text(let text)? = values.first { return .integer(text.count) }
      if case .generator(let generator)? = values.first {
        return looksOnly ? .unknown : .integer(state.generator(named: generator)?.stepsPerPass ?? 0)
      }
      guard let items = values.first?.items else { throw unfit() }
      return .integer(items.count)
    case .range:
      let numbers = values.compactMap { if case .integer(let number) = $0 { number } else { nil } }
      guard numbers.count == values.count, (1...3).contains(numbers.count) else { throw unfit() }
      let start = numbers.count == 1 ? 0 : numbers[0]
      let end = numbers.count == 1 ? numbers[0] : numbers[1]
      let step = numbers.count == 3 ? numbers[2] : 1
      guard step != 0 else { throw PythonMistake("the step of a range can't be 0", at: span, code: "bad-value") }
      let (distance, overflows) = end.subtractingReportingOverflow(start)
      guard !overflows, distance != .min, step != .min, distance.magnitude / step.magnitude < Self.longestList else {
        throw PythonMistake(
          "the range is too long", help: "up to \(Self.longestList) numbers", at: span, code: "bad-value")
      }
      return .list(stride(from: start, to: end, by: step).map(PythonValue.integer))
    case .list:
      guard let items = values.first?.items else { throw unfit() }
      return .list(items)
    case .int:
      if case .text(let text)? = values.first, let number = Int(text) { return .integer(number) }
      guard let number = values.first?.double, let whole = Int(exactly: number.rounded(.towardZero)) else {
        throw unfit()
      }
      return .integer(whole)
    case .float:
      if case .text(let text)? = values.first, let number = Double(text) { return .number(number) }
      guard let number = values.first?.double else { throw unfit() }
      return .number(number)
    case .round:
      guard let number = values.first?.double else { throw unfit() }
      guard values.count == 2 else {
        guard let whole = Int(exactly: number.rounded(.toNearestOrEven)) else { throw unfit() }
        return .integer(whole)
      }
      guard case .integer(let digits) = values[1], (0...15).contains(digits),
        let rounded = Double(NumberText.fixed(number, digits))
      else { throw unfit() }
      return .number(rounded)
    case .abs:
      if case .integer(let number)? = values.first, number != .min { return .integer(abs(number)) }
      guard let number = values.first?.double else { throw unfit() }
      return .number(number.magnitude)
    case .min, .max, .sorted:
      let items = values.count == 1 ? values[0].items : values
      guard let items, !items.isEmpty, items.allSatisfy({ $0.double != nil }) else { throw unfit() }
      let ordered = items.sorted { ($0.double ?? 0) < ($1.double ?? 0) }
      return builtIn == .sorted ? .list(ordered) : builtIn == .min ? ordered[0] : ordered[ordered.count - 1]
    }
  }
}
