import ConvoCommands
import ConvoKernel
import ConvoSchema
import ConvoTestSupport
import Foundation
import Testing

/// Every schema's examples, run by the real program in an empty folder, as a learner would who copies them.
@Suite struct ExampleTests {
  @Test(arguments: CommandCatalog.standard.topics.filter { !$0.examples.isEmpty }.map(\.name))
  func examplesRun(topic: String) throws {
    let schema = try #require(CommandCatalog.standard.topics.first { $0.name == topic })
    for example in schema.examples {
      let folder = try TemporaryFolder()
      let script = (example.after + [example.source]).joined(separator: "\n")
      let outcome = try ConvoProcess.run(["-c", script], in: folder.url)
      #expect(outcome.status == 0, "\(script)\n\(outcome.errors)")
    }
  }

  /// One program for all of a schema: they only load the same pictures in other ways.
  @Test(arguments: CommandCatalog.standard.topics.filter { $0.parameters.contains { $0.example != nil } }.map(\.name))
  func parametersExamplesRun(topic: String) throws {
    let schema = try #require(CommandCatalog.standard.topics.first { $0.name == topic })
    let examples = schema.parameters.compactMap { $0.example }
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(["-c", (schema.setUp + examples).joined(separator: "\n")], in: folder.url)
    #expect(outcome.status == 0, "\(topic)\n\(outcome.errors)")
    for parameter in schema.parameters {
      guard let example = parameter.example, parameter.placement == .named else { continue }
      #expect(example.contains(" \(parameter.name)="), "\(parameter.name): \(example)")
    }
  }

  /// The page that people learn augmentation from.
  @Test func everyParameterOfLoadGeneratorHasAnExample() throws {
    let schema = try #require(CommandCatalog.standard.topics.first { $0.name == "load generator" })
    #expect(schema.parameters.count == 35)
    #expect(schema.parameters.allSatisfy { $0.example != nil })
  }

  @Test func everyCommandHasAnExample() {
    for command in CommandCatalog.standard.commands {
      #expect(!command.schema.examples.isEmpty, "\(command.schema.name)")
    }
  }

  /// What is typed by one name must not mean two things.
  @Test func namesAreUnique() {
    let names = CommandCatalog.standard.topics.flatMap { [$0.name] + $0.aliases }
    #expect(names.count == Swift.Set(names).count)
  }

  /// Help adds the full stops.
  @Test func helpTextsBeginLikeSentencesAndHaveNoStop() {
    for schema in CommandCatalog.standard.topics {
      for text in [schema.summary] + schema.parameters.map(\.help) {
        #expect(!text.isEmpty && !text.hasSuffix("."), "\(schema.name): \(text)")
      }
    }
  }
}
