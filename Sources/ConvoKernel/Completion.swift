import ConvoData
import ConvoLanguage
import ConvoNetwork
public import ConvoSchema

/// What could stand where the cursor is.
public struct Completion: Sendable, Hashable {
  /// The words that fit, each in full; a trailing `=` or `/` says that more follows.
  public var candidates: [String]
  /// How many characters before the cursor they replace.
  public var replaced: Int
  /// Whether files or directories fit as well; the face looks them up.
  public var paths: PathKind?
  /// Whether of the paths only directories fit.
  public var wantsDirectory: Bool { paths == .directory }
}

extension Session {
  /// Completes the last word of a line.
  ///
  /// - Parameter text: the line up to the cursor.
  public func completion(of text: String) -> Completion {
    Completer(catalog: catalog, state: state).completion(of: text)
  }
}

struct Completer {
  let catalog: CommandCatalog
  let state: SessionState

  func completion(of text: String) -> Completion {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let command = line.split(separator: ";", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    var words = command.split(whereSeparator: \.isWhitespace).map(String.init)
    let isFresh = command.last?.isWhitespace ?? true
    let current = isFresh ? "" : words.popLast() ?? ""
    guard let match = catalog.match(words) else { return commandNames(words, current) }
    return arguments(of: match.command.schema, Array(words.dropFirst(match.wordCount)), current)
  }

  /// The first word of the commands, or the second behind its first.
  private func commandNames(_ words: [String], _ current: String) -> Completion {
    var names: Set<String> = []
    for command in catalog.commands {
      let parts = command.schema.name.split(separator: " ").map(String.init)
      if parts.count > words.count, parts.starts(with: words) { names.insert(parts[words.count]) }
    }
    return matching(names.sorted(), current)
  }

  private func arguments(of schema: Schema, _ words: [String], _ current: String) -> Completion {
    var parameters = schema.parameters
    for parameter in schema.parameters {
      guard case .oneOf(let schemas) = parameter.kind else { continue }
      let named = words.compactMap { word in
        word.hasPrefix(parameter.name + "=") ? String(word.dropFirst(parameter.name.count + 1)) : nil
      }
      let written = named + (parameter.placement == .positional ? words.filter { !$0.contains("=") } : [])
      var chosen = schemas.first { schema in written.contains { schema.answers(to: $0) } }
      if chosen == nil, case .defaults(.text(let name)) = parameter.presence {
        chosen = schemas.first { $0.answers(to: name) }
      }
      parameters += chosen?.parameters ?? []
    }
    if let equals = current.firstIndex(of: "="),
      let parameter = parameters.first(where: { $0.name == current[..<equals] })
    {
      return values(of: parameter.kind, String(current[current.index(after: equals)...]))
    }
    if let keyword = words.last, let parameter = parameters.first(where: { $0.placement == .after(keyword) }) {
      return values(of: parameter.kind, current)
    }
    var candidates: [String] = []
    var paths: PathKind?
    let keywords = parameters.compactMap { parameter in
      if case .after(let word) = parameter.placement { return word }
      return nil
    }
    // The values behind keywords take no positional place.
    var positionalCount = 0
    var previous = ""
    for word in words {
      if !word.contains("="), !keywords.contains(word), !keywords.contains(previous) { positionalCount += 1 }
      previous = word
    }
    let row = parameters.filter { $0.placement == .positional }
    let next = positionalCount < row.count ? row[positionalCount] : row.last.flatMap { $0.isList ? $0 : nil }
    if let next {
      let found = values(of: next.kind, current)
      candidates += found.candidates
      paths = found.paths
    }
    candidates += keywords.filter { !words.contains($0) && $0.hasPrefix(current) }
    for parameter in parameters where parameter.placement == .named {
      let option = parameter.name + "="
      if option.hasPrefix(current), !words.contains(where: { $0.hasPrefix(option) }) { candidates.append(option) }
    }
    return Completion(candidates: candidates, replaced: current.count, paths: paths)
  }

  private func values(of kind: ValueKind, _ current: String) -> Completion {
    switch kind {
    case .boolean: return matching(["true", "false"], current)
    case .choice(let words): return matching(words, current)
    case .oneOf(let schemas): return matching(schemas.map(\.name), current)
    case .topic: return matching(catalog.topics.map(\.name).sorted(), current)
    case .name(let object): return matching(names(of: object), current)
    case .path(let kind): return Completion(candidates: [], replaced: current.count, paths: kind)
    case .list(let kind):
      let last = current.lastIndex { "[ ,".contains($0) }.map { String(current[current.index(after: $0)...]) }
      return values(of: kind, last ?? current)
    case .either(let kinds):
      let all = kinds.map { values(of: $0, current) }
      return Completion(
        candidates: all.flatMap(\.candidates), replaced: current.count, paths: all.compactMap(\.paths).first)
    case .optional(let kind):
      var found = values(of: kind, current)
      if "none".hasPrefix(current), !current.isEmpty { found.candidates.append("none") }
      return found
    case .integer, .number, .range, .size, .place, .text, .newName:
      return Completion(candidates: [], replaced: current.count, paths: nil)
    }
  }

  private func names(of object: SessionObject) -> [String] {
    switch object {
    case .generator: state.generators.map(\.name)
    case .model: state.models.map(\.model.name)
    case .layer: state.activeModel?.model.layers.map(\.name) ?? []
    }
  }

  private func matching(_ words: [String], _ current: String) -> Completion {
    Completion(candidates: words.filter { $0.hasPrefix(current) }, replaced: current.count, paths: nil)
  }
}

extension Parameter {
  fileprivate var isList: Bool {
    if case .list = kind { return true }
    return false
  }
}
