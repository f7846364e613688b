import ConvoKernel
import ConvoOutput
import ConvoScenes
import ConvoSchema

/// `datasets`: lists the built-in data sets.
struct Datasets: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "datasets",
    summary: "Lists the built-in data sets, and whether they have been drawn",
    details: """
      Pictures of your own work as well: any directory with one sub-directory for each class can be loaded with load \
      generator.
      """,
    examples: [Example("datasets", "what is built in, and where it is")])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let rows = BuiltInDataset.allCases.map { dataset in
      let directory = BuiltInDatasets.directory(of: dataset)
      let isThere = DatasetRenderer.isRendered(dataset, in: directory)
      return [
        dataset.rawValue, NumberText.grouped(dataset.pictureCount()), dataset.classNames.joined(separator: " "),
        isThere ? directory : "not drawn yet: make dataset \(dataset.rawValue)",
      ]
    }
    context.emit(
      .table(
        Table(
          title: "Built-in data sets",
          columns: [.init("name"), .init("pictures", .right), .init("classes"), .init("where")],
          rows: rows)))
    for dataset in BuiltInDataset.allCases { context.say("\(dataset.rawValue): \(dataset.summary)") }
    return []
  }
}
