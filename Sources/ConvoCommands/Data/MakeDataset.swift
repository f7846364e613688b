import ConvoKerasProgram
import ConvoKernel
import ConvoOutput
import ConvoScenes
import ConvoSchema

/// `make dataset`: draws a built-in data set.
struct MakeDataset: Command {
  static let stage = CourseStage.data

  static let schema = Schema(
    "make dataset",
    summary: "Draws the pictures of a built-in data set",
    details: """
      The course's data sets can't be shipped, so convo draws its own, in the same layout: train and validation, and in \
      each a directory for every class. handbags has that twice, in clean and in wild. Pictures that are there already \
      are kept, so that running it again costs next to nothing. The same seed gives the same pictures. A directory where \
      you have put the course's own pictures in this layout is used as it is.
      """,
    parameters: [
      Parameter(
        "dataset", .choice(BuiltInDataset.allCases.map(\.rawValue)), .positional, .required, help: "Which data set"),
      Parameter(
        "directory", .path(.directory), .after("into"), .optional,
        help: "Where to draw; datasets/ with the data set's name where not given"),
      Parameter(
        "limit", .optional(.integer(1...Int.max)), .named, .defaults(to: .none), unit: "pictures",
        help: "Draw only so many of each class in each directory, the first of the whole set"),
      Parameter("seed", .integer(0...Int.max), .named, .defaults(to: .integer(0)), help: "Draws other pictures"),
    ],
    examples: [
      Example("make dataset horse-or-human limit=3", "a few pictures to look at"),
      Example("make dataset handbags limit=2", "bags, shirts and shoes, clean and wild"),
      Example("make dataset horse-or-human into pictures limit=3", "somewhere else"),
    ])

  let dataset: BuiltInDataset
  let directory: String
  let limit: Int?
  let seed: UInt64

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let dataset = BuiltInDataset(rawValue: try arguments.text("dataset")) else {
      throw ArgumentError(missing: "dataset")
    }
    self.dataset = dataset
    directory = try arguments.textIfGiven("directory") ?? BuiltInDatasets.directory(of: dataset)
    limit = try arguments.integerIfGiven("limit")
    seed = UInt64(try arguments.integer("seed"))
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let renderer = DatasetRenderer(dataset, seed: seed, limit: limit, threads: context.state.settings.threads)
    let report = try await context.onOwnThread {
      do throws(RenderError) {
        let start = ContinuousClock.now
        return try renderer.render(
          into: Path.expandingTilde(directory), isCancelled: { context.interruption.isRequested },
          progress: { progress in
            context.emit(
              .progress(
                Progress(
                  title: "Drawing \(dataset.rawValue)", done: progress.done, total: progress.total,
                  seconds: start.duration(to: .now) / .seconds(1))))
          })
      } catch {
        throw error.asCommandError
      }
    }
    if report.isOthers {
      context.say("\(directory) holds pictures that convo did not draw: they are left as they are and used")
      return []
    }
    let total = report.drawn + report.kept
    context.say(
      report.drawn == 0
        ? "\(directory): all \(NumberText.grouped(total)) pictures are there already"
        : "\(directory): \(NumberText.grouped(report.drawn)) pictures drawn"
          + (report.kept > 0 ? ", \(NumberText.grouped(report.kept)) were there already" : ""))
    return []
  }
}

extension MakeDataset: KerasWriting {
  /// Keras draws nothing; the pictures have to be there.
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    program.remark("convo drew the pictures of \(dataset.rawValue) in \(directory)")
  }
}
