import ConvoLanguage

/// A source text made ready to run: its commands, or every mistake that can be found without running any.
struct Preparation {
  private(set) var commands: [BoundCommand] = []
  private(set) var diagnostics: [LocatedDiagnostic] = []

  init(_ source: SourceText, catalog: CommandCatalog) {
    let program = Parser.parse(source)
    let binder = Binder(catalog: catalog, source: source)
    var found = program.diagnostics
    for syntax in program.commands {
      do {
        commands.append(try binder.bind(syntax))
      } catch {
        found.append(error)
      }
    }
    found.sort { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
    diagnostics = found.map { LocatedDiagnostic($0, in: source) }
  }
}
