import ConvoKernel
import ConvoOutput
import ConvoScenes
import ConvoSchema

/// `datasets`: lists the built-in data sets.
struct Datasets: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "datasets",
    summary: "Lists the built-in data sets: what has been drawn, where, and how large it is",
    details: """
      Pictures of your own work as well: any directory with one sub-directory for each class can be loaded with load \
      generator.
      """,
    examples: [Example("datasets", "what is built in, and where it is")])

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var rows: [[String]] = []
    for dataset in BuiltInDataset.allCases {
      let directory = BuiltInDatasets.directory(of: dataset)
      do throws(RenderError) {
        let status = try DatasetStatus(of: dataset, in: directory)
        rows.append([dataset.rawValue, status.drawn(dataset), status.size, directory + "/"])
      } catch {
        throw error.asCommandError
      }
    }
    context.emit(
      .table(
        Table(
          title: "Built-in data sets",
          columns: [.init("name"), .init("pictures"), .init("size", .right), .init("where")], rows: rows)))
    for dataset in BuiltInDataset.allCases { context.say("\(dataset.rawValue): \(dataset.summary)") }
    context.say(
      """
      make dataset NAME draws one, or completes it. Your own pictures need no command: put them in a directory with one \
      sub-directory for each class, whose names become the labels, and a second such directory to validate with. Then
        load generator train from path/to/train rescale=1/255 class_mode=categorical
      """)
    return []
  }
}

extension DatasetStatus {
  fileprivate func drawn(_ dataset: BuiltInDataset) -> String {
    let all = NumberText.grouped(dataset.pictureCount())
    switch self {
    case .missing: return "none of \(all)"
    case .whole: return "all \(all)"
    case .partial(let pictures, let limit):
      return "\(NumberText.grouped(pictures.number)) of \(all)" + (limit.map { " (limit=\($0))" } ?? "")
    case .older(let pictures): return "\(NumberText.grouped(pictures.number)), by another version of convo"
    case .others(let pictures): return "\(NumberText.grouped(pictures.number)), not drawn by convo"
    case .foreign: return "none of \(all); other files are there"
    }
  }

  fileprivate var size: String {
    switch self {
    case .missing, .foreign: "–"
    case .whole(let pictures), .partial(let pictures, _), .older(let pictures), .others(let pictures):
      NumberText.size(ofBytes: pictures.bytes)
    }
  }
}
