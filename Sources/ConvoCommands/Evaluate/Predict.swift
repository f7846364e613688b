import ConvoData
import ConvoImages
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `predict`: asks the model about pictures.
struct Predict: Command {
  static let stage = CourseStage.evaluate

  static let schema = Schema(
    "predict",
    summary: "Asks the model what it sees in pictures",
    details: """
      A trained model carries its preprocessing: pictures of any size are resized and rescaled as those that it \
      learned from, and the answer has the name of the class. A directory stands for all pictures in it.
      """,
    parameters: [
      Parameter(
        "source", .list(of: .either([.name(of: .generator), .path(.any)])), .positional, .required,
        help: "Pictures, directories of pictures, or a generator")
    ],
    examples: [
      Example(
        "predict datasets/horse-or-human/validation/horses", "every picture in a directory",
        after: ExampleSetUp.trainedModel),
      Example("predict validation", "every picture of a generator", after: ExampleSetUp.trainedModel),
    ],
    keras: "model.predict(numpy.vstack([image]))")

  let sources: [String]

  init(_ arguments: Arguments) throws(ArgumentError) {
    sources = try arguments.wordsIfGiven("source") ?? []
  }

  /// Pictures that are decoded and asked about together.
  private static let chunk = 64

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    guard let learned = trained.learned, let preprocessing = trained.preprocessing else {
      throw CommandError(
        .notReady, "\(trained.model.name) has learned nothing yet, so there is nothing to ask it",
        help: "train it first: fit GENERATOR")
    }
    var files: [String] = []
    for source in sources { files += try pictures(of: source, in: context) }
    let labels = ClassLabels(
      names: preprocessing.classNames, outputs: trained.model.outputShape.sides.last ?? 1,
      areLogits: trained.model.compiled?.loss.fromLogits == true)
    try await context.onOwnThread { [files] in
      try predict(files, trained, learned, preprocessing, labels, context)
    }
    return []
  }

  private func pictures(of source: String, in context: CommandContext) throws(CommandError) -> [String] {
    if let generator = context.state.generator(named: source) {
      return generator.samples.map { "\(generator.directory)/\($0.path)" }
    }
    let path = Path.expandingTilde(source)
    guard Path.exists(path) else {
      let names = context.state.generators.map(\.name).joined(separator: ", ")
      throw CommandError(
        .file, "there is no picture, directory or generator '\(source)'",
        help: names.isEmpty ? "paths begin at the directory convo was started in" : "the generators are: \(names)",
        parameter: "source")
    }
    guard Path.isDirectory(path) else { return [path] }
    let files = PictureFiles.below(path)
    guard !files.isEmpty else {
      throw CommandError(.data, "there are no pictures in '\(source)'", parameter: "source")
    }
    return files
  }

  private func predict(
    _ files: [String], _ trained: TrainedModel, _ learned: LearnedState, _ preprocessing: Preprocessing,
    _ labels: ClassLabels, _ context: CommandContext
  ) throws {
    let predictor: Predictor
    do {
      predictor = try Predictor(
        trained.model, learned, preprocessing, most: files.count, threads: context.state.settings.threads,
        kernels: context.state.settings.kernels)
    } catch {
      throw error.asCommandError(parameter: "source")
    }
    var failures: [ImageError] = []
    for start in stride(from: 0, to: files.count, by: Self.chunk) {
      if context.interruption.isRequested { return }
      var readable: [(file: String, image: PixelImage)] = []
      for file in files[start..<min(start + Self.chunk, files.count)] {
        do {
          readable.append((file, try ImageFile.decode(file, as: preprocessing.colorMode)))
        } catch {
          failures.append(error)
          context.say("left out: \(error)", .warning)
        }
      }
      let predictions: [[Float]]
      do {
        predictions = try predictor.predictions(for: readable.map(\.image))
      } catch {
        throw error.asCommandError(parameter: "source")
      }
      for (picture, scores) in zip(readable, predictions) {
        let index = labels.index(of: scores)
        context.emit(
          .prediction(
            PredictionReport(
              file: picture.file, label: index.flatMap(labels.name), classIndex: index, scores: scores.map(Double.init))
          ))
      }
    }
    if failures.count == files.count, let first = failures.first {
      throw CommandError(
        .data, files.count == 1 ? "\(first)" : "none of the \(files.count) pictures can be read", parameter: "source")
    }
  }
}

/// The classes that a model's outputs stand for.
struct ClassLabels {
  let names: [String]
  let outputs: Int
  /// Whether the outputs are logits: 0 then stands for one half.
  let areLogits: Bool

  /// The class that the outputs speak for: with one output, whether its probability is above one half; with several,
  /// the largest. `nil` where an output is not a number.
  func index(of scores: [Float]) -> Int? {
    guard scores.allSatisfy({ !$0.isNaN }) else { return nil }
    if outputs == 1 { return scores[0] > (areLogits ? 0 : 0.5) ? 1 : 0 }
    return scores.indices.max { scores[$0] < scores[$1] }
  }

  func name(_ index: Int) -> String? {
    names.indices.contains(index) ? names[index] : nil
  }
}
