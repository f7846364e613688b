import ConvoKernel
import ConvoLanguage
import ConvoTerminal

/// Runs a script, a cell for each of its commands, and stops at the first that fails.
struct ScriptRunner {
  let session: Session
  let driver: CellDriver
  /// Whether to go on after a command that failed.
  let keepGoing: Bool

  func run(_ source: SourceText) -> ExitStatus {
    // A slip in the last line is found before the first line trains for an hour.
    if !keepGoing && !session.check(source).isEmpty {
      return ExitStatus(driver.run(source))
    }
    var result = ExitStatus.success
    for cell in Parser.parse(source).cells(of: source) {
      let status = ExitStatus(driver.run(cell))
      if status == .interrupted { return status }
      if status != .success { result = status }
      if result != .success && !keepGoing { return result }
    }
    return result
  }
}
