import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `remove layer`: takes a layer out of the model.
struct RemoveLayer: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "remove layer",
    summary: "Takes a layer out of the model",
    details: "The layers behind it must still fit; where one does not, nothing changes.",
    parameters: [
      LayerChoice.parameter
    ],
    examples: [
      Example("remove layer flatten", "by its name", after: ["new model input=8x8x3", "add flatten"]),
      Example("remove layer 1", "the first layer", after: ["new model input=8x8x3", "add flatten"]),
    ],
    keras: "model.pop()")

  private let layer: Value

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let layer = arguments.value("layer") else { throw ArgumentError(missing: "layer") }
    self.layer = layer
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var trained = try context.activeModel()
    let index = try LayerChoice.index(of: layer, in: trained.model)
    let name = trained.model.layers[index].name
    do {
      try trained.model.remove(at: index)
    } catch {
      throw CommandError(.shape, error.problem, help: error.help, parameter: "layer")
    }
    context.forgetLearning(of: &trained, because: "a layer was removed")
    context.say("\(name) removed; the model's output is \(trained.model.outputShape)", .faint)
    return [.setModel(trained)]
  }
}

extension RemoveLayer: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard let before = run.before.activeModel?.model, let index = try? LayerChoice.index(of: layer, in: before) else {
      return
    }
    program.removeLayer(before.layers[index].name, from: before.name, input: before.inputShape.sides)
  }
}
