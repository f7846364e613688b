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
    let examples = schema.parameters.compactMap { $0.example }.flatMap { schema.setUp + [$0] }
    let folder = try TemporaryFolder()
    let outcome = try ConvoProcess.run(["-c", examples.joined(separator: "\n")], in: folder.url)
    #expect(outcome.status == 0, "\(topic)\n\(outcome.errors)")
    for parameter in schema.parameters {
      guard let example = parameter.example, parameter.placement == .named else { continue }
      #expect(example.contains(" \(parameter.name)="), "\(parameter.name): \(example)")
    }
  }

  /// The page that people learn augmentation from.
  @Test func everyParameterOfLoadGeneratorHasAnExample() throws {
    let schema = try #require(CommandCatalog.standard.topics.first { $0.name == "load generator" })
    let keras = """
      rescale featurewise_center samplewise_center featurewise_std_normalization samplewise_std_normalization \
      zca_whitening zca_epsilon rotation_range width_shift_range height_shift_range brightness_range shear_range \
      zoom_range channel_shift_range fill_mode cval horizontal_flip vertical_flip validation_split target_size \
      color_mode classes class_mode batch_size shuffle seed follow_links subset interpolation keep_aspect_ratio
      """.split(separator: " ").map(String.init)
    #expect(Set(schema.parameters.map { $0.name }) == Set(keras + ["name", "directory", "statistics"]))
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
