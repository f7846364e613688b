import ConvoData
import ConvoImages
import ConvoKernel
import ConvoOutput
import ConvoSchema

/// `generators`: lists the generators of the session.
struct Generators: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "generators",
    summary: "Lists the generators of the session",
    examples: [Example("generators", "every generator, with its images and batches")])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    guard !context.state.generators.isEmpty else {
      context.say("There is no generator yet; make one with: load generator NAME from DIRECTORY")
      return []
    }
    let rows = context.state.generators.map { generator in
      [
        generator.name, generator.directory, NumberText.grouped(generator.count),
        generator.classNames.joined(separator: " "),
        generator.imageShape.map(String.init).joined(separator: "x"), NumberText.grouped(generator.options.batchSize),
        NumberText.grouped(generator.stepsPerPass),
      ]
    }
    context.emit(
      .table(
        Table(
          title: "Generators",
          columns: [
            .init("name"), .init("from"), .init("images", .right), .init("classes"), .init("image"),
            .init("batch size", .right), .init("batches", .right),
          ], rows: rows)))
    return []
  }
}
