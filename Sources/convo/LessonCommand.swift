import ArgumentParser
import ConvoLanguage
import ConvoSchema

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `convo lesson [NAME]`.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Learn with a lesson, replay it with no questions asked, or list the lessons.")

  @OptionGroup var options: SharedOptions

  @Flag(help: "Show and run all of it, with the right answers.")
  var replay = false

  @Flag(help: "List the lessons, and how far you have come.")
  var list = false

  @Argument(help: "The lesson's id; lists the lessons where none is given.")
  var name: String?

  func validate() throws {
    if replay && name == nil { throw ValidationError("--replay wants the name of a lesson") }
  }

  func run() throws {
    let launch = Launch(options)
    guard let name, !list else {
      throw launch.run(script: SourceText("lessons")).exitCode
    }
    if replay { throw launch.replay(lesson: name).exitCode }
    let first = SourceText("lesson \(Value.text(name))")
    if isatty(STDIN_FILENO) == 1 { throw ExitCode(launch.prompt(first: first)) }
    let status = launch.run(script: first)
    throw (status == .success ? launch.runStandardInput() : status).exitCode
  }
}
