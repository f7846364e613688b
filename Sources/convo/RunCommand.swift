import ArgumentParser

/// `convo run FILE…`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script (.convo) or a lesson (.md) from first to last.")

  @OptionGroup var options: SharedOptions

  @Flag(help: "Go on with the next command after one that failed.")
  var keepGoing = false

  @Argument(
    help: "The files to run, one after the other in one session.", completion: .file(extensions: ["convo", "md"]))
  var files: [String]

  func run() throws {
    let launch = Launch(options)
    var result = ExitStatus.success
    for file in files {
      let status = launch.run(file: file, keepGoing: keepGoing)
      if status != .success { result = status }
      if status == .interrupted || (status != .success && !keepGoing) { break }
    }
    throw result.exitCode
  }
}
