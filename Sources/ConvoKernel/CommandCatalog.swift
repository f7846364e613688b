public import ConvoLanguage
public import ConvoSchema

/// The commands that a session knows.
public struct CommandCatalog: Sendable {
  public let commands: [any Command.Type]
  /// The other language that cells may be written in; `nil` for none.
  public let dialect: (any CellDialect)?

  public init(_ commands: [any Command.Type], dialect: (any CellDialect)? = nil) {
    self.commands = commands
    self.dialect = dialect
  }

  /// The dialect, where a text is in it.
  public func dialect(of source: SourceText) -> (any CellDialect)? {
    dialect.flatMap { $0.owns(source) ? $0 : nil }
  }

  /// Everything that has a help page: the commands, and what their parameters choose from (layers, optimizers, metrics).
  public var topics: [Schema] {
    var topics = commands.map { $0.schema }
    topics += topics.flatMap { $0.parameters.flatMap(\.kind.choices) }
    return topics
  }

  /// Every mistake of a text in convo's own language that can be found without running it.
  public func mistakes(in source: SourceText) -> [LocatedDiagnostic] {
    Preparation(source, catalog: self).diagnostics
  }

  /// Finds the command that a line begins with: the one whose name takes up the most words.
  ///
  /// - Parameter words: the verb, and the bare words behind it.
  func match(_ words: [String]) -> (command: any Command.Type, wordCount: Int)? {
    var best: (command: any Command.Type, wordCount: Int)?
    for command in commands {
      for name in [command.schema.name] + command.schema.aliases {
        let parts = name.split(separator: " ").map(String.init)
        if words.starts(with: parts), parts.count > best?.wordCount ?? 0 { best = (command, parts.count) }
      }
    }
    return best
  }

  /// What to say about a line that begins with no command.
  func unknownCommand(_ words: [String]) -> (message: String, help: String) {
    let names = commands.map { $0.schema.name }
    let verb = words.first ?? ""
    let continuations = names.filter { $0.hasPrefix(verb + " ") }
    if !continuations.isEmpty {
      let message = words.count > 1 ? "there is no command '\(verb) \(words[1])'" : "'\(verb)' wants one more word"
      return (message, "did you mean \(Self.quoted(continuations))?")
    }
    if let chooser = chooser(of: verb) { return ("'\(verb)' is no command", "did you mean '\(chooser)'?") }
    let twoWords = words.prefix(2).joined(separator: " ")
    let near =
      Spelling.nearest(to: twoWords, in: names) ?? Spelling.nearest(to: verb, in: names)
      ?? Spelling.nearest(to: verb, in: names.compactMap { $0.split(separator: " ").first.map(String.init) })
    if let near { return ("there is no command '\(verb)'", "did you mean '\(near)'?") }
    return ("there is no command '\(verb)'", "type help to see the commands")
  }

  /// `add conv2d` for `conv2d`: the line that names the thing as an argument.
  private func chooser(of name: String) -> String? {
    for command in commands {
      for parameter in command.schema.parameters {
        guard let found = parameter.kind.choices.first(where: { $0.answers(to: name) }) else { continue }
        let option = parameter.placement == .positional ? found.name : "\(parameter.name)=\(found.name)"
        return "\(command.schema.name) \(option)"
      }
    }
    return nil
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: " or ")
  }
}
