import ConvoData
import ConvoImages
import ConvoKernel
import ConvoKeras
import ConvoKerasProgram
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `open`: reads a model from a file, one of Keras's as well.
struct Open: Command {
  static let stage = CourseStage.notebook

  static let schema = Schema(
    "open",
    summary: "Reads a model from a file, one that Keras wrote as well",
    details: """
      The model becomes the active one, under the name that it has in the file, or behind `as`. What convo saved goes on \
      where it was: fit continues, predict prepares pictures as they were for training, history is there. \
      FILE.weights.h5 puts weights into the active model, whose layers must be the same.

      Keras's files do not say how images were prepared. Pictures are then resized to the model's input, and their \
      values stay 0 to 255 unless you say rescale=1/255, as the notes' generators do; classes=[horses humans] gives the \
      classes their names.
      """,
    parameters: [
      Parameter("file", .path(.file), .positional, .required, help: "Ends in .keras, .weights.h5 or .h5"),
      Parameter("name", .newName, .after("as"), .optional, help: "What to call the model here"),
      Parameter(
        "rescale", .optional(.number(.any)), .named, .optional,
        help: "What pictures' values are multiplied by, where the file does not say"),
      Parameter(
        "classes", .list(of: .text), .named, .optional,
        help: "The names of the classes in the order of the model's outputs, where the file does not say"),
    ],
    examples: [
      Example("open horses.keras", "a model that was saved", after: ExampleSetUp.trainedModel + ["save horses.keras"]),
      Example(
        "open horses.keras as second", "beside the one that is there",
        after: ExampleSetUp.trainedModel + ["save horses.keras"]),
      Example(
        "open horses.weights.h5", "weights into the active model",
        after: ExampleSetUp.trainedModel + ["save horses.weights.h5"]),
    ],
    keras: "model = keras.models.load_model('horses.keras')")

  let file: String
  let name: String?
  let rescale: Double?
  let classes: [String]?

  init(_ arguments: Arguments) throws(ArgumentError) {
    file = try arguments.text("file")
    name = try arguments.textIfGiven("name")
    rescale = try arguments.numberIfGiven("rescale")
    classes = try arguments.wordsIfGiven("classes")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let path = Path.expandingTilde(file)
    guard Path.exists(path) else {
      throw CommandError(
        .file, FileNameText.oneLine("there is no file '\(path)'"),
        help: Path.similar(to: path).map { FileNameText.oneLine("did you mean '\($0)'?") }
          ?? "paths begin at the directory convo was started in", parameter: "file")
    }
    let isWeights = KerasFile.Format(path: path) == .weights
    var trained = isWeights ? try await openWeights(path, in: context) : try await openModel(path, in: context)
    if trained.preprocessing == nil || rescale != nil || classes != nil { prepare(&trained, in: context) }
    let learned = trained.learned
    context.say(
      "\(trained.model.name): \(trained.model.layers.count) layers, "
        + "\(NumberText.grouped(trained.model.parameterCount)) parameters, "
        + (learned?.epochsDone ?? 0 > 0 ? "\(learned?.epochsDone ?? 0) epochs of history" : "no history"), .faint)
    if trained.model.compiled == nil { context.say("not compiled: compile it before fit and evaluate", .faint) }
    return [.setModel(trained)]
  }

  private func read(
    _ path: String, in context: CommandContext, _ work: @escaping @Sendable () throws(KerasFileError) -> SavedModel
  ) async throws -> TrainedModel {
    let saved = try await context.onOwnThread {
      do throws(KerasFileError) {
        return try work()
      } catch {
        throw CommandError(
          .file, FileNameText.oneLine("'\(path)' can't be opened: \(error.problem)"),
          help: FileNameText.oneLine(error.help), parameter: "file")
      }
    }
    for note in saved.notes { context.say(FileNameText.oneLine("\(path): \(note)"), .warning) }
    return TrainedModel(saved.model, learned: saved.learned, preprocessing: saved.preprocessing)
  }

  private func openModel(_ path: String, in context: CommandContext) async throws -> TrainedModel {
    var trained = try await read(path, in: context) { () throws(KerasFileError) in try KerasFile.read(path) }
    var wanted = name ?? trained.model.name
    if let old = context.state.model(named: wanted), old.learned != trained.learned {
      // What was learned here and is nowhere else is not lost for a name.
      guard name == nil || old.learned == nil else {
        throw CommandError(
          .badValue, "there is a model '\(wanted)' in the session, which has been trained",
          help: "give the new one another name, and nothing is lost", parameter: "name")
      }
      if name == nil {
        let taken = context.state.models.map(\.model.name)
        wanted = (1...taken.count + 1).lazy.map { "\(wanted)_\($0)" }.first { !taken.contains($0) } ?? wanted
        context.say("there is a model '\(trained.model.name)' already; this one is called \(wanted) here", .warning)
      }
    }
    trained.model.name = wanted
    return trained
  }

  private func openWeights(_ path: String, in context: CommandContext) async throws -> TrainedModel {
    guard name == nil else {
      throw CommandError(
        .badValue, "weights alone are no model that could have a name", help: "leave out: as \(name ?? "")",
        parameter: "name")
    }
    let active = try context.activeModel()
    var trained = try await read(path, in: context) { () throws(KerasFileError) in
      try KerasFile.readWeights(path, for: active.model)
    }
    if trained.preprocessing == nil { trained.preprocessing = active.preprocessing }
    return trained
  }

  /// Says how pictures are prepared where the file does not.
  private func prepare(_ trained: inout TrainedModel, in context: CommandContext) {
    let sides = trained.model.inputShape.sides
    var preprocessing = trained.preprocessing
    if preprocessing == nil, sides.count == 3,
      let mode = ColorMode.allCases.first(where: { $0.channels == sides[2] })
    {
      preprocessing = Preprocessing(size: ImageSize(height: sides[0], width: sides[1]), colorMode: mode)
      let values = rescale.map { "multiplied by \(NumberText.short($0))" } ?? "left as they are, 0 to 255"
      context.say(
        "the file does not say how images are prepared: they are resized to \(sides[0])x\(sides[1]), and values "
          + values
          + (rescale == nil && !rescales(trained.model) ? "; add rescale=1/255 if the model was trained so" : ""),
        .warning)
    }
    if let rescale { preprocessing?.rescale = rescale }
    if let classes { preprocessing?.classNames = classes }
    trained.preprocessing = preprocessing
  }

  private func rescales(_ model: Model) -> Bool { model.layers.first?.spec is Rescaling }
}

extension Open: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModel?.model.name else { return }
    let path = Path.expandingTilde(file)
    program.openModel(model, from: path, weightsOnly: KerasFile.Format(path: path) == .weights)
  }
}
