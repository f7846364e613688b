import ConvoData
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import Synchronization

/// Goes through statements with the variables of the session. What has an effect becomes a command of convo's.
///
/// Without a context it only looks: the commands are bound and not run, values that only running can tell are unknown,
/// both sides of every `if` are looked at, and it goes on behind a mistake. So there is one way through the tree.
struct PythonInterpreter {
  let source: SourceText
  let catalog: CommandCatalog
  /// `nil` to look only.
  let context: CommandContext?
  var state: SessionState
  var environment: PythonEnvironment
  /// What was found while looking.
  var mistakes: [PythonMistake] = []
  /// The variable that the value is for: what is made for it is called by its name.
  var target: String?
  /// What the last `evaluate` measured, in Keras's order.
  var measured: [MetricReport] = []
  /// Whether names that are not known may have been set before; then nothing is said of them.
  let knowsNames: Bool

  /// The most values that a list can have.
  static let longestList = 100_000

  init(
    _ source: SourceText, catalog: CommandCatalog, state: SessionState, context: CommandContext?,
    knowsNames: Bool = true
  ) {
    self.source = source
    self.catalog = catalog
    self.state = state
    self.context = context
    self.knowsNames = knowsNames
    environment = state.part(PythonEnvironment.self) ?? PythonEnvironment()
  }

  var looksOnly: Bool { context == nil }

  /// Keeps the variables in the state.
  mutating func settle() {
    state = state.applying(.setPart(environment))
  }

  // MARK: Statements

  /// Runs statements. Throws the first mistake; where it only looks, it keeps all of them and throws none.
  mutating func run(_ statements: [PythonStatement], isLast: Bool = false) async throws(PythonMistake) {
    for (index, statement) in statements.enumerated() {
      if let context, context.interruption.isRequested {
        throw PythonMistake(
          "interrupted", help: "everything up to here is kept", at: statement.span,
          code: CommandError.Code.interrupted.rawValue)
      }
      do throws(PythonMistake) {
        try await run(statement, shows: isLast && index == statements.count - 1)
      } catch {
        guard looksOnly else { throw error }
        mistakes.append(error)
        for name in statement.names { environment.variables[name] = .unknown }
      }
      target = nil
    }
  }

  private mutating func run(_ statement: PythonStatement, shows: Bool) async throws(PythonMistake) {
    switch statement.kind {
    case .pass: break
    case .shell(let line):
      context?.say("\(line)  (left out: convo runs no shell)", .faint)
    case .importModule(let modules):
      for (module, alias) in modules { try importModule(module, as: alias) }
    case .importNames(let module, let names):
      let path = try known(module)
      for (name, alias) in names {
        environment.variables[alias ?? name.content] = try softened(
          Result { () throws(PythonMistake) in try KerasModules.member(name.content, of: path, at: name.span) })
      }
    case .expression(let expression):
      let value = try await evaluate(expression)
      if shows, let context, let text = value.echo { context.emit(.text(StyledText(text, mayWrap: false))) }
    case .assignment(let targets, let expression):
      if case .name(let name)? = targets.last?.kind { target = name }
      let value = try await evaluate(expression)
      for target in targets { try assign(value, to: target) }
    case .augmented(let target, let mark, let expression):
      let value = try await evaluate(expression)
      let old = try await evaluate(target)
      try assign(PythonArithmetic.binary(mark, old, value, at: statement.span), to: target)
    case .branch(let parts):
      for (condition, body) in parts {
        let value: PythonValue = if let condition { try await evaluate(condition) } else { .boolean(true) }
        if looksOnly {
          try await run(body)
        } else if value.truth {
          return try await run(body)
        }
      }
    case .loop(let name, let expression, let body):
      let value = try await evaluate(expression)
      if looksOnly {
        environment.variables[name] = .unknown
        return try await run(body)
      }
      guard let items = value.items else {
        throw PythonMistake(
          "a loop can't go through a \(value.typeName)", help: "as in: for n in range(3):", at: expression.span)
      }
      for item in items {
        environment.variables[name] = item
        try await run(body)
      }
    }
  }

  private mutating func assign(_ value: PythonValue, to target: PythonExpression) throws(PythonMistake) {
    if case .name(let name) = target.kind {
      environment.variables[name] = value
      return
    }
    guard let names = target.names else {
      throw PythonMistake("a value can be given to a name only", at: target.span)
    }
    if value.isUnknown {
      for name in names { environment.variables[name] = .unknown }
      return
    }
    guard let items = value.items, items.count == names.count else {
      throw PythonMistake(
        "\(names.count) names are given \(value.items.map { "\($0.count) values" } ?? "a \(value.typeName)")",
        at: target.span)
    }
    for (name, item) in zip(names, items) { environment.variables[name] = item }
  }

  /// Where it only looks, a mistake is kept and the value goes on as unknown: the rest of the statement is looked at.
  private mutating func softened(_ result: Result<PythonValue, PythonMistake>) throws(PythonMistake) -> PythonValue {
    if looksOnly, case .failure(let mistake) = result {
      mistakes.append(mistake)
      return .unknown
    }
    return try result.get()
  }

  // MARK: Imports

  private func known(_ module: Located<String>) throws(PythonMistake) -> String {
    let path = KerasModules.canonical(module.content)
    guard KerasModules.isKnown(path) else {
      throw PythonMistake(
        "the module '\(module.content)' is outside what convo runs",
        help: "tensorflow, keras, numpy, matplotlib and os are known; help python lists what runs", at: module.span,
        code: "python-subset")
    }
    return path
  }

  private mutating func importModule(_ module: Located<String>, as alias: String?) throws(PythonMistake) {
    let path = try known(module)
    if let alias {
      environment.variables[alias] = .module(path)
    } else {
      let first = module.content.split(separator: ".").first.map(String.init) ?? module.content
      environment.variables[first] = .module(KerasModules.canonical(first))
    }
  }

  // MARK: Expressions

  mutating func evaluate(_ expression: PythonExpression) async throws(PythonMistake) -> PythonValue {
    switch expression.kind {
    case .constant(let value): return value
    case .formatted(let parts):
      var text = ""
      for part in parts {
        switch part {
        case .text(let plain): text += plain
        case .value(let inner, let format):
          text += try PythonArithmetic.formatted(await evaluate(inner), format, at: inner.span)
        }
      }
      return .text(text)
    case .name(let name):
      return try softened(Result { () throws(PythonMistake) in try value(of: name, at: expression.span) })
    case .list(let items): return .list(try await evaluate(items))
    case .tuple(let items): return .tuple(try await evaluate(items))
    case .dictionary(let items):
      var values: [(key: PythonValue, value: PythonValue)] = []
      for (key, value) in items { values.append((try await evaluate(key), try await evaluate(value))) }
      return .dictionary(values)
    case .attribute(let owner, let name):
      let value = try await evaluate(owner)
      return try softened(Result { () throws(PythonMistake) in try attribute(name, of: value, at: expression.span) })
    case .call(let function, let arguments):
      return try await call(function, arguments, at: expression.span)
    case .item(let owner, let index):
      let value = try await evaluate(owner)
      return try PythonArithmetic.item(of: value, await evaluate(index), at: expression.span)
    case .unary(let mark, let inner):
      return try PythonArithmetic.unary(mark, await evaluate(inner), at: expression.span)
    case .binary(let mark, let left, let right):
      let first = try await evaluate(left)
      if !first.isUnknown {
        if mark == "and", !first.truth { return first }
        if mark == "or", first.truth { return first }
      }
      return try PythonArithmetic.binary(mark, first, await evaluate(right), at: expression.span)
    }
  }

  private mutating func evaluate(_ expressions: [PythonExpression]) async throws(PythonMistake) -> [PythonValue] {
    var values: [PythonValue] = []
    for expression in expressions { values.append(try await evaluate(expression)) }
    return values
  }

  /// What a name stands for: a variable, or a model or a generator of the session.
  private func value(of name: String, at span: Span) throws(PythonMistake) -> PythonValue {
    if let value = environment.variables[name] { return value }
    if state.model(named: name) != nil { return .model(name) }
    if state.generator(named: name) != nil { return .generator(name) }
    if PythonBuiltIn(rawValue: name) != nil { return .method(.none, name) }
    if !knowsNames { return .unknown }
    if let line = KerasModules.usualImport(of: name) {
      throw PythonMistake(
        "'\(name)' is not imported", help: "import it first: \(line)", at: span, code: "unknown-name",
        mend: PythonMend(span: Span(0, 0), replacement: line + "\n"))
    }
    if name.hasSuffix("_dir") || name.hasSuffix("_path") {
      throw PythonMistake(
        "'\(name)' has no value yet", help: "assign it first: \(name) = 'DIRECTORY'", at: span, code: "unknown-name")
    }
    let names =
      Array(environment.variables.keys).sorted() + state.models.map(\.model.name) + state.generators.map(\.name)
    throw PythonMistake(
      "'\(name)' has no value yet",
      help: Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? "assign it first: \(name) = …",
      at: span, code: "unknown-name")
  }

  // MARK: Commands

  /// Runs a command of convo, or binds it where it only looks. Throws its mistake, at its place in the Python.
  mutating func run(_ command: KerasCommand) async throws(PythonMistake) {
    let text = SourceText(command.text)
    guard let context else {
      mistakes += catalog.mistakes(in: text).map(command.translated)
      return
    }
    let heard = Heard()
    let result = await context.run(text, from: state) { content in
      switch content {
      case .error(let mistake): heard.content.withLock { $0.mistakes.append(mistake) }
      case .evaluation(let report):
        heard.content.withLock { $0.measured = report.measured }
        context.emit(content)
      case .began, .text, .table, .chart, .image, .dataset, .summary, .progress, .batch, .epoch, .prediction, .ended:
        context.emit(content)
      }
    }
    state = result.state
    let found = heard.content.withLock { $0 }
    measured = found.measured
    if let mistake = found.mistakes.first { throw command.translated(mistake) }
  }
}

/// What a command said that is not for the learner alone.
private final class Heard: Sendable {
  struct Content {
    var mistakes: [LocatedDiagnostic] = []
    var measured: [MetricReport] = []
  }

  let content = Mutex(Content())
}

extension PythonValue {
  /// What a notebook shows of a value that ends a cell; `nil` for nothing.
  fileprivate var echo: String? {
    switch self {
    case .boolean, .integer, .number, .text, .list, .tuple, .dictionary, .array: shown
    case .none, .pictures, .module, .member, .construct, .model, .generator, .history, .method, .unknown: nil
    }
  }
}

extension PythonStatement {
  /// The names that it sets.
  fileprivate var names: [String] {
    switch kind {
    case .assignment(let targets, _): targets.flatMap { $0.names ?? [] }
    case .augmented(let target, _, _): target.names ?? []
    case .loop(let name, _, _): [name]
    case .importNames(_, let names): names.map { $0.alias ?? $0.name.content }
    case .importModule(let modules): modules.map { $0.alias ?? $0.module.content }
    case .expression, .branch, .shell, .pass: []
    }
  }
}
