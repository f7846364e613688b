import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTraining

/// `reset`: makes the model forget what it learned.
struct Reset: Command {
  static let stage = CourseStage.fit

  static let schema = Schema(
    "reset",
    summary: "Makes the model forget what it learned; the next fit starts over",
    details: "Layers and compile settings stay. The first weights are drawn anew from the session's seed.",
    examples: [
      Example("reset", "forgets every epoch", after: ["new model input=8x8x3", "add flatten", "add dense 1"])
    ],
    keras: "model = keras.models.clone_model(model)")

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var trained = try context.activeModel()
    let epochs = trained.learned?.history.count ?? 0
    trained.learned = nil
    trained.preprocessing = nil
    context.say(
      epochs == 0
        ? "\(trained.model.name) has learned nothing yet"
        : "\(trained.model.name) has forgotten \(epochs) epoch\(epochs == 1 ? "" : "s")", .faint)
    return [.setModel(trained)]
  }
}

extension Reset: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let before = run.before.activeModel, before.learned != nil else { return }
    program.resetModel(before.model.name)
  }
}
