import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoONNX
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `export`: writes the session, or its model, for other programs.
struct Export: Command {
  static let stage = CourseStage.notebook

  static let schema = Schema(
    "export",
    summary: "Writes the session, or its model, for other programs",
    details: """
      The end of the name says what is written. NAME.py is the session so far as a Python program for Keras, as keras \
      shows it. NAME.onnx is the trained model for programs that run ONNX, such as onnxruntime: it takes pictures that \
      are prepared already, \(pictures), and its metadata say how: preprocessing, and class_names.

      The file appears whole or not at all; an older one of that name is replaced.
      """,
    parameters: [
      Parameter("file", .path(.file), .positional, .required, help: "The file to write: NAME.py or NAME.onnx")
    ],
    examples: [
      Example("export model.py", "the session as a Python program", after: ExampleSetUp.compiledModel),
      Example("export model.onnx", "the trained model for onnxruntime", after: ExampleSetUp.trainedModel),
    ])

  private static let pictures = "a batch of height x width x channels"

  /// What can be written, by the end of the file's name.
  private enum Format: String, CaseIterable {
    case python = "py"
    case onnx

    var meaning: String {
      switch self {
      case .python: "the session as a Python program"
      case .onnx: "the model for onnxruntime"
      }
    }
  }

  private let file: String
  private let format: Format

  init(_ arguments: Arguments) throws(ArgumentError) {
    let file = try arguments.text("file")
    guard let format = Format.allCases.first(where: { file.lowercased().hasSuffix(".\($0.rawValue)") }) else {
      let known = Format.allCases.map { "NAME.\($0.rawValue), \($0.meaning)" }.joined(separator: "; ")
      throw ArgumentError(
        parameter: "file", problem: "the end of '\(FileNameText.oneLine(file))' does not say what to write",
        help: "what can be exported: \(known)")
    }
    self.file = file
    self.format = format
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let target = try SaveTarget(anyFile: file, parameter: "file")
    switch format {
    case .python:
      guard !context.state.program.isEmpty else {
        throw CommandError(
          .notReady, "the session has done nothing yet that Keras could do",
          help: "begin with load generator or new model")
      }
      try target.write(Array(context.state.program.text.utf8))
    case .onnx:
      let trained = try context.activeModel()
      guard let learned = trained.learned else {
        throw CommandError(
          .notReady, "\(trained.model.name) has learned nothing yet", help: "train it first: fit GENERATOR")
      }
      try await context.onOwnThread { try Self.write(trained, learned, to: target) }
    }
    context.say("saved as \(FileNameText.oneLine(target.path))")
    return []
  }

  private static func write(
    _ trained: TrainedModel, _ learned: LearnedState, to target: SaveTarget
  ) throws(CommandError) {
    let bytes: [UInt8]
    do throws(ONNXError) {
      let notes = trained.preprocessing?.notes ?? []
      bytes = try ONNXModel(trained.model, weights: learned.weights, notes: notes).bytes()
    } catch {
      throw CommandError(.system, error.problem, help: error.help, parameter: "file")
    }
    try target.write(bytes)
  }
}
