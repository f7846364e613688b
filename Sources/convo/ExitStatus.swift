import ArgumentParser
import ConvoTerminal

/// How the process ends.
enum ExitStatus: Int32 {
  case success = 0
  case failure = 1
  case wrongUsage = 2
  case interrupted = 130

  init(_ outcome: CellDriver.Outcome) {
    self = outcome.interrupted ? .interrupted : outcome.ok ? .success : .failure
  }

  var exitCode: ExitCode { ExitCode(rawValue) }
}
