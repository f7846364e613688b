import ConvoLanguage
import ConvoSchema

/// Hands the arguments of one command to the parameters of its schema.
///
/// A parameter of kind `oneOf` brings the parameters of what it names into the same command (`add conv2d 16 3x3`,
/// `compile optimizer=sgd momentum=0.9`), so those choices are made first, wherever they stand.
struct ArgumentBinding {
  let schema: Schema
  /// Where the command's name stands.
  let verb: Span
  let values: ValueBinder
  private(set) var arguments: Arguments
  private(set) var places: [String: Span] = [:]
  private var chosen: [String: Schema] = [:]
  private var chosenArguments: [String: Arguments] = [:]

  init(schema: Schema, verb: Span, values: ValueBinder) {
    self.schema = schema
    self.verb = verb
    self.values = values
    arguments = Arguments(name: schema.name)
  }

  mutating func bind(_ written: [ArgumentSyntax]) throws(Diagnostic) {
    var positional = try takeKeywords(takeNamedChoices(written))
    try takePositionalChoices(&positional)
    try takeRest(positional)
    try fillIn()
  }

  /// `optimizer=rmsprop`; and the default where none is written.
  private mutating func takeNamedChoices(_ written: [ArgumentSyntax]) throws(Diagnostic) -> [ArgumentSyntax] {
    var rest: [ArgumentSyntax] = []
    for argument in written {
      if let name = argument.name, let parameter = schema.parameter(name.content),
        case .oneOf(let schemas) = parameter.kind
      {
        try choose(argument.value, for: parameter, from: schemas)
      } else {
        rest.append(argument)
      }
    }
    for parameter in schema.parameters {
      if case .oneOf(let schemas) = parameter.kind, chosen[parameter.name] == nil,
        case .defaults(.text(let name)) = parameter.presence
      {
        chosen[parameter.name] = schemas.first { $0.answers(to: name) }
      }
    }
    return rest
  }

  private mutating func choose(
    _ value: Located<Literal>, for parameter: Parameter, from schemas: [Schema]
  ) throws(Diagnostic) {
    try set(parameter, to: value)
    if case .text(let name)? = arguments.value(parameter.name) {
      chosen[parameter.name] = schemas.first { $0.answers(to: name) }
    }
  }

  /// `from DIR`.
  private mutating func takeKeywords(_ written: [ArgumentSyntax]) throws(Diagnostic) -> [ArgumentSyntax] {
    var rest: [ArgumentSyntax] = []
    var index = 0
    while index < written.count {
      let argument = written[index]
      index += 1
      guard let word = argument.word, let parameter = schema.parameters.first(where: { $0.placement == .after(word) })
      else {
        rest.append(argument)
        continue
      }
      guard index < written.count, written[index].name == nil else {
        throw Diagnostic(
          code: "missing-argument", message: "'\(word)' is followed by \(parameter.kind.inWords)",
          help: usage, span: argument.span)
      }
      try set(parameter, to: written[index].value)
      index += 1
    }
    return rest
  }

  /// The `conv2d` of `add conv2d 16 3x3`: its own positional parameters take what follows.
  private mutating func takePositionalChoices(_ written: inout [ArgumentSyntax]) throws(Diagnostic) {
    for parameter in schema.parameters {
      guard case .oneOf(let schemas) = parameter.kind, parameter.placement == .positional,
        chosen[parameter.name] == nil, let index = written.firstIndex(where: { $0.name == nil })
      else { continue }
      try choose(written.remove(at: index).value, for: parameter, from: schemas)
    }
  }

  private mutating func takeRest(_ written: [ArgumentSyntax]) throws(Diagnostic) {
    // By position first, as in Python: a parameter that is then given by its name as well is given twice.
    var row = allParameters.filter { $0.placement == .positional && places[$0.name] == nil }
    for argument in written where argument.name == nil {
      guard let parameter = row.first else { throw tooMany(argument) }
      if case .list = parameter.kind {
        try extend(parameter, with: argument.value)
      } else {
        try set(parameter, to: argument.value)
        row.removeFirst()
      }
    }
    for argument in written {
      guard let name = argument.name else { continue }
      guard let parameter = parameter(name.content) else { throw unknownOption(name) }
      try set(parameter, to: argument.value)
    }
  }

  private var allParameters: [Parameter] {
    schema.parameters + schema.parameters.flatMap { chosen[$0.name]?.parameters ?? [] }
  }

  private func parameter(_ name: String) -> Parameter? {
    allParameters.first { $0.name == name }
  }

  private mutating func set(_ parameter: Parameter, to literal: Located<Literal>) throws(Diagnostic) {
    guard places[parameter.name] == nil else {
      throw Diagnostic(
        code: "bad-value", message: "\(parameter.name) is given twice", help: "leave one of them out",
        span: literal.span)
    }
    store(parameter, try values.value(of: literal, as: parameter.kind, for: parameter.name))
    places[parameter.name] = literal.span
  }

  /// A positional list takes one value after another.
  private mutating func extend(_ parameter: Parameter, with literal: Located<Literal>) throws(Diagnostic) {
    let value = try values.value(of: literal, as: parameter.kind, for: parameter.name)
    if case .list(let more) = value, case .list(let items)? = arguments.value(parameter.name) {
      store(parameter, .list(items + more))
    } else {
      store(parameter, value)
    }
    places[parameter.name] = places[parameter.name] ?? literal.span
  }

  /// Into the command's own arguments, or into those of the thing that was chosen.
  private mutating func store(_ parameter: Parameter, _ value: Value) {
    if schema.parameter(parameter.name) != nil {
      arguments.set(parameter.name, to: value)
      return
    }
    for (chooser, chosen) in chosen where chosen.parameter(parameter.name) != nil {
      chosenArguments[chooser, default: Arguments(name: chosen.name)].set(
        parameter.name, to: value)
    }
  }

  /// Sets the defaults, and refuses what is required and was not written.
  private mutating func fillIn() throws(Diagnostic) {
    for parameter in allParameters where places[parameter.name] == nil {
      switch parameter.presence {
      case .optional: break
      case .defaults(let value): store(parameter, value)
      case .required:
        throw Diagnostic(
          code: "missing-argument",
          message:
            "\(title) needs \(parameter.name): \(parameter.help.prefix(1).lowercased() + parameter.help.dropFirst())",
          help: usage, span: verb)
      }
    }
    for (chooser, schema) in chosen {
      arguments.choose(chosenArguments[chooser] ?? Arguments(name: schema.name), for: chooser)
    }
  }

  private func unknownOption(_ name: Located<String>) -> Diagnostic {
    var command = title
    var help = "help \(schema.name) lists the options"
    if let (chooser, owners) = alternativeOwners(of: name.content) {
      if chooser.placement == .named, let chosen = chosen[chooser.name] {
        command += " \(chooser.name)=\(chosen.name)"
      }
      let names = owners.map(\.name)
      help =
        (names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : "") + (names.last ?? "")
        + (names.count > 1 ? " have it" : " has it")
    } else if let near = Spelling.nearest(to: name.content, in: allParameters.map(\.name)) {
      help = "did you mean '\(near)'?"
    }
    return Diagnostic(
      code: "unknown-option", message: "\(command) has no option '\(name.content)'", help: help, span: name.span)
  }

  /// The things that could have been chosen and have such a parameter, and what chooses them.
  private func alternativeOwners(of name: String) -> (chooser: Parameter, owners: [Schema])? {
    for parameter in schema.parameters {
      guard case .oneOf(let schemas) = parameter.kind else { continue }
      let owners = schemas.filter { $0.parameter(name) != nil }
      if !owners.isEmpty { return (parameter, owners) }
    }
    return nil
  }

  private func tooMany(_ argument: ArgumentSyntax) -> Diagnostic {
    var help = usage
    if let word = argument.word, let near = Spelling.nearest(to: word, in: allParameters.map(\.name)) {
      help = "did you mean '\(near)=…'?"
    }
    return Diagnostic(
      code: "unexpected-argument", message: "\(title) has no place for this", help: help, span: argument.span)
  }

  /// The command with what was chosen positionally: `add conv2d`.
  private var title: String {
    let names = schema.parameters.filter { $0.placement == .positional }.compactMap { chosen[$0.name]?.name }
    return ([schema.name] + names).joined(separator: " ")
  }

  private var usage: String {
    "usage: " + schema.usage(choosing: chosen)
  }
}
