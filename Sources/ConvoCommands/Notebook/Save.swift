import ConvoKernel
import ConvoKeras
import ConvoKerasProgram
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `save`: writes the model to a file that Keras reads as well.
struct Save: Command {
  static let stage = CourseStage.notebook

  static let schema = Schema(
    "save",
    summary: "Writes the model to a file, which Keras reads as well",
    details: """
      The end of the file's name says what it holds. FILE.keras is Keras 3's format: layers, weights, what compile set \
      and what the optimizer remembers, so that training goes on where it was, here and in Keras. FILE.weights.h5 has \
      the weights and the optimizer alone. FILE.h5 is the format before Keras 3.

      How the images were prepared, the names of the classes and the history are in the file too; Keras passes over \
      them. A file that was there is replaced, once the new one is whole.
      """,
    parameters: [
      Parameter("file", .path(.file), .positional, .required, help: "Ends in .keras, .weights.h5 or .h5")
    ],
    examples: [
      Example("save horses.keras", "all of the active model", after: ExampleSetUp.trainedModel),
      Example("save horses.weights.h5", "its weights alone", after: ExampleSetUp.trainedModel),
    ],
    keras: "model.save('horses.keras')")

  private let file: String
  private let format: KerasFile.Format

  init(_ arguments: Arguments) throws(ArgumentError) {
    let file = try arguments.text("file")
    guard let format = KerasFile.Format(path: file) else {
      throw ArgumentError(
        parameter: "file", problem: "the end of '\(FileNameText.oneLine(file))' does not say what to save",
        help: "NAME.keras or NAME.h5, the model; NAME.weights.h5, its weights; export writes other kinds")
    }
    self.file = file
    self.format = format
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    guard !trained.model.layers.isEmpty else {
      throw CommandError(.notReady, "\(trained.model.name) has no layers yet", help: "add some: add conv2d 16 3x3")
    }
    let target = try SaveTarget(anyFile: file, parameter: "file")
    let learned = trained.learned ?? LearnedState(initial: trained.model, seed: context.state.settings.seed)
    let saved = SavedModel(trained.model, learned, trained.preprocessing)
    try await context.onOwnThread {
      do throws(KerasFileError) {
        try KerasFile.write(saved, to: target.path, as: format)
      } catch {
        throw CommandError(
          .file, FileNameText.oneLine("'\(target.path)' can't be saved: \(error.problem)"), help: error.help,
          parameter: "file")
      }
    }
    context.say(
      "\(FileNameText.oneLine(target.path)): \(trained.model.name), \(format == .weights ? "weights" : "model"), "
        + (trained.learned == nil ? "not trained yet" : "\(learned.epochsDone) epochs"), .faint)
    return []
  }
}

extension Save: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let model = run.after.activeModel else { return }
    program.saveModel(model.model.name, as: Path.expandingTilde(file), weightsOnly: format == .weights)
  }
}
