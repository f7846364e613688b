import ConvoLanguage
import ConvoSchema

/// A command whose arguments its schema has accepted.
struct BoundCommand: Sendable {
  let command: any Command
  let arguments: Arguments
  let syntax: CommandSyntax
  /// Where each typed argument stands, so that a later error can point at it.
  let places: [String: Span]
}

/// Matches what was written with the schemas of the commands. Knows nothing of a session: what it refuses can be
/// refused before anything runs.
struct Binder {
  let catalog: CommandCatalog
  let source: SourceText

  func bind(_ syntax: CommandSyntax) throws(Diagnostic) -> BoundCommand {
    let words = [syntax.verb.content] + syntax.arguments.prefix { $0.isBareWord }.compactMap(\.word)
    guard let match = catalog.match(words) else {
      let (message, help) = catalog.unknownCommand(words)
      throw Diagnostic(code: "unknown-command", message: message, help: help, span: syntax.verb.span)
    }
    var binding = ArgumentBinding(
      schema: match.command.schema, verb: syntax.verb.span, values: ValueBinder(source: source))
    try binding.bind(Array(syntax.arguments.dropFirst(match.wordCount - 1)))
    do {
      let command = try match.command.init(binding.arguments)
      return BoundCommand(
        command: command, arguments: binding.arguments, syntax: syntax, places: binding.places)
    } catch {
      throw Diagnostic(
        code: CommandError.Code.badValue.rawValue, message: error.problem, help: error.help,
        span: binding.places[error.parameter] ?? syntax.span)
    }
  }
}

extension ArgumentSyntax {
  var isBareWord: Bool { word != nil }

  /// The word, where the argument is just one, without a name and without quotes.
  var word: String? {
    guard name == nil, case .word(let word) = value.content else { return nil }
    return word
  }
}
