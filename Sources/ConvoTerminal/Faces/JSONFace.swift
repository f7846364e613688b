import ConvoJSON
import ConvoLanguage
public import ConvoOutput

/// Shows every event but progress, which is of the moment, as one JSON object a line, `event` first.
public final class JSONFace: Face {
  private typealias Fields = [(name: String, value: JSONValue)]

  private let output: any TextSink

  public init(output: any TextSink = StandardStream.output) {
    self.output = output
  }

  public func show(_ event: OutputEvent) {
    guard let (name, fields) = Self.fields(of: event.content) else { return }
    let head: Fields = [("event", .string(name)), ("cell", .integer(event.cell))]
    output.write(JSONValue.object(head + fields).text + "\n")
  }

  private static func fields(of content: OutputEvent.Content) -> (name: String, fields: Fields)? {
    switch content {
    case .began(let source): ("began", [("source", .string(source))])
    case .text(let text): ("text", [("text", .string(text.plain))])
    case .table(let table): ("table", fields(of: table))
    case .chart(let chart): ("table", fields(of: chart.table))
    case .image(let picture): ("image", fields(of: picture))
    case .dataset(let report): ("dataset", fields(of: report))
    case .summary(let summary): ("summary", fields(of: summary))
    case .progress: nil
    case .batch(let report): ("batch", fields(of: report))
    case .epoch(let report): ("epoch", fields(of: report))
    case .evaluation(let report):
      ("evaluation", fields(of: report.measured) + [("images", .integer(report.images))])
    case .prediction(let report): ("prediction", fields(of: report))
    case .error(let error): ("error", fields(of: error))
    case .ended(let ok, let seconds): ("ended", [("ok", .boolean(ok)), ("seconds", .number(seconds))])
    }
  }

  private static func fields(of measured: [MetricReport]) -> Fields {
    measured.map { ($0.name, .number($0.value)) }
  }

  private static func fields(of table: Table) -> Fields {
    [
      ("title", .string(table.title)), ("columns", .strings(table.columns.map(\.title))),
      ("rows", .array(table.rows.map(JSONValue.strings))),
    ]
  }

  private static func fields(of picture: Picture) -> Fields {
    [
      ("mime", .string(picture.mime)), ("data", .string(Base64.encode(picture.data))),
      ("width", .integer(picture.width)), ("height", .integer(picture.height)),
    ]
  }

  private static func fields(of report: DatasetReport) -> Fields {
    let classes = report.classes.enumerated().map { (name: $1, value: JSONValue.integer($0)) }
    let problems = (report.problems + report.findings).map {
      JSONValue.object([("file", .string($0.file)), ("problem", .string($0.problem))])
    }
    return [
      ("name", .string(report.name)), ("images", .integer(report.images)), ("classes", .object(classes)),
      ("problems", .array(problems)),
    ]
  }

  private static func fields(of summary: ModelSummary) -> Fields {
    let layers = summary.layers.map {
      JSONValue.object([
        ("name", .string($0.name)), ("type", .string($0.type)), ("output_shape", .integers($0.outputShape)),
        ("params", .integer($0.params)),
      ])
    }
    return [
      ("layers", .array(layers)), ("total_params", .integer(summary.totalParams)),
      ("trainable_params", .integer(summary.trainableParams)),
      ("non_trainable_params", .integer(summary.nonTrainableParams)),
    ]
  }

  private static func fields(of report: BatchReport) -> Fields {
    [("epoch", .integer(report.epoch)), ("batch", .integer(report.batch))] + fields(of: report.measured)
  }

  private static func fields(of report: EpochReport) -> Fields {
    let valSeconds: Fields = report.valSeconds.map { [("val_seconds", .number($0))] } ?? []
    return [("epoch", .integer(report.epoch))] + fields(of: report.measured)
      + [("images", .integer(report.images)), ("seconds", .number(report.seconds))] + valSeconds
      + [("learning_rate", .number(report.learningRate))]
  }

  private static func fields(of report: PredictionReport) -> Fields {
    [
      ("file", .string(report.file)), ("label", report.label.map { .string($0) } ?? .null),
      ("class_index", report.classIndex.map { .integer($0) } ?? .null),
      ("scores", .array(report.scores.map { .number($0) })),
    ]
  }

  private static func fields(of error: LocatedDiagnostic) -> Fields {
    let position = error.position
    return [
      ("code", .string(error.diagnostic.code)), ("message", .string(error.diagnostic.message)),
      ("line", position.map { .integer($0.line) } ?? .null),
      ("column", position.map { .integer($0.column) } ?? .null),
      ("length", position == nil ? .null : .integer(error.length)), ("help", .string(error.diagnostic.help)),
    ]
  }
}
