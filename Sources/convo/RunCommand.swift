import ArgumentParser

/// `convo run FILE…`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a script (.convo, .py), a notebook (.ipynb) or a lesson (.md) from first to last.")

  @OptionGroup var options: SharedOptions

  @Flag(help: "Go on with the next command after one that failed.")
  var keepGoing = false

  @Flag(help: "Mend slips in Python where the mend is certain, show the mended lines and run; the file stays as it is.")
  var fix = false

  @Argument(
    help: "The files to run, one after the other in one session.",
    completion: .file(extensions: ["convo", "md", "py", "ipynb"]))
  var files: [String]

  func run() throws {
    let launch = Launch(options)
    var result = ExitStatus.success
    for file in files {
      let status = launch.run(file: file, keepGoing: keepGoing, fix: fix)
      if status != .success { result = status }
      if status == .interrupted || (status != .success && !keepGoing) { break }
    }
    throw result.exitCode
  }
}
