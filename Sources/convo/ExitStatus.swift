import ArgumentParser

/// How the process ends.
enum ExitStatus: Int32 {
  case success = 0
  case failure = 1
  case wrongUsage = 2
  case interrupted = 130

  var exitCode: ExitCode { ExitCode(rawValue) }
}
