import ConvoKernel
import ConvoLanguage
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
      Parameter(
        "layer", .either([.integer(1...Int.max), .name(of: .layer)]), .positional, .required,
        help: "Its name, or its number counted from 1")
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
    let index = try index(in: trained.model)
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

  private func index(in model: Model) throws(CommandError) -> Int {
    let names = model.layers.map(\.name)
    if case .integer(let number) = layer, names.indices.contains(number - 1) { return number - 1 }
    if case .text(let name) = layer, let index = names.firstIndex(of: name) { return index }
    guard !names.isEmpty else {
      throw CommandError(.notReady, "the model \(model.name) has no layers", parameter: "layer")
    }
    if case .text(let name) = layer, let near = Spelling.nearest(to: name, in: names) {
      throw CommandError(
        .unknownName, "there is no layer '\(name)'", help: "did you mean '\(near)'?", parameter: "layer")
    }
    throw CommandError(
      .unknownName, "there is no layer \(layer)", help: "the layers are: " + names.joined(separator: ", "),
      parameter: "layer")
  }
}
