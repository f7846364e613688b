import ArgumentParser
import ConvoLanguage
import ConvoTerminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `convo`: the prompt, or commands from the command line or from standard input.
@main
struct ConvoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convo",
    abstract: "Learn convolutional networks by doing: load images, stack layers, train, look, understand.",
    discussion: """
      Without a subcommand, convo opens its prompt; where standard input is no terminal, it runs what comes from there. \
      Type help at the prompt to see the commands.

      Exit status: 0 all commands succeeded, 1 a command failed, 2 wrong usage, 130 interrupted.
      """,
    version: Version.text,
    subcommands: [RunCommand.self, LessonCommand.self, CheckCommand.self, DatasetsCommand.self])

  @OptionGroup var options: SharedOptions

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp("Run these commands, separated by line breaks or ';'.", valueName: "commands"))
  var commands: String?

  func run() throws {
    let launch = Launch(options)
    if let commands {
      throw launch.run(script: SourceText(commands)).exitCode
    }
    if isatty(STDIN_FILENO) == 1 {
      throw ExitCode(launch.prompt())
    }
    throw launch.runStandardInput().exitCode
  }

  /// Parses the arguments and runs. Wrong usage ends with status 2, as `language.md` has it, and not with the parser's
  /// own number.
  static func main() {
    ProcessSignals.install()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      if code == .validationFailure {
        var message = fullMessage(for: error) + "\n"
        message.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
        endProcess(.wrongUsage)
      }
      exit(withError: error)
    }
  }
}

/// The version, in one place.
enum Version {
  static let text = "0.1.0"
}

/// The C library's `exit`, whose name the command's own `exit(withError:)` hides.
private func endProcess(_ status: ExitStatus) -> Never {
  exit(status.rawValue)
}
