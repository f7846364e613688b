import ConvoKernel
import ConvoLanguage
import ConvoOutput
import ConvoTerminal

/// Runs a script, a cell for each of its commands, and stops at the first that fails.
struct ScriptRunner {
  let session: Session
  let driver: CellDriver
  /// Whether to go on after a command that failed.
  let keepGoing: Bool

  func run(_ source: SourceText) -> ExitStatus {
    if let dialect = session.catalog.dialect(of: source) {
      let cells = dialect.cells(of: source)
      // As a whole it runs nothing, and says what is wrong.
      if !keepGoing && !mistakes(in: [source], of: dialect).isEmpty { return ExitStatus(driver.run(source)) }
      return run(cells: cells)
    }
    // A slip in the last line is found before the first line trains for an hour.
    if !keepGoing && !session.check(source).isEmpty {
      return ExitStatus(driver.run(source))
    }
    return run(cells: Parser.parse(source).cells(of: source))
  }

  private func mistakes(in cells: [SourceText], of dialect: any CellDialect) -> [LocatedDiagnostic] {
    driver.wait { await $0.mistakes(in: cells, of: dialect) }
  }

  /// Runs the cells of a notebook.
  func run(notebook cells: [SourceText]) -> ExitStatus {
    if !keepGoing {
      let found =
        cells.filter { session.catalog.dialect(of: $0) == nil }.flatMap(session.check)
        + (session.catalog.dialect.map { dialect in
          mistakes(in: cells.filter(dialect.owns), of: dialect)
        } ?? [])
      for mistake in found { driver.face.show(OutputEvent(cell: 0, .error(mistake))) }
      guard found.isEmpty else { return .failure }
    }
    return run(cells: cells)
  }

  private func run(cells: [SourceText]) -> ExitStatus {
    var result = ExitStatus.success
    for cell in cells {
      let status = ExitStatus(driver.run(cell))
      if status == .interrupted { return status }
      if status != .success { result = status }
      if result != .success && !keepGoing { return result }
    }
    return result
  }
}
