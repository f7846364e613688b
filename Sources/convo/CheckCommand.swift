import ArgumentParser
import ConvoLanguage
import ConvoSchema

/// `convo check LESSON…`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify lessons: claims, questions, exercises, links, cells.")

  @OptionGroup var options: SharedOptions

  @Flag(help: "With small pictures, where a lesson offers that.")
  var small = false

  @Argument(
    help: "Files, or the ids of lessons and concepts (default: all of them).", completion: .file(extensions: ["md"]))
  var lessons: [String] = []

  func run() throws {
    let command = ["check"] + lessons.map { "\(Value.text($0))" } + (small ? ["small=true"] : [])
    throw Launch(options).run(script: SourceText(command.joined(separator: " "))).exitCode
  }
}
