import ArgumentParser
import ConvoLanguage
import ConvoSchema

/// `convo datasets`.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "List the built-in data sets, or render one.",
    subcommands: [RenderCommand.self])

  @OptionGroup var options: SharedOptions

  func run() throws {
    throw Launch(options).run(script: SourceText("datasets")).exitCode
  }
}

/// `convo datasets render NAME`.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Draw the pictures of a built-in data set.")

  @OptionGroup var options: SharedOptions

  @Argument(help: "The data set's name.")
  var name: String

  @Option(help: "The directory to draw into (default: datasets/NAME).")
  var into: String?

  @Option(help: "Draw only so many pictures of each class.")
  var limit: Int?

  func run() throws {
    // The same command as at the prompt, so that both have the same checks, progress and words.
    var command = "make dataset \(Value.text(name))"
    if let into { command += " into \(Value.text(into))" }
    if let limit { command += " limit=\(limit)" }
    throw Launch(options).run(script: SourceText(command)).exitCode
  }
}
