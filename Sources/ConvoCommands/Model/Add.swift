import ConvoKerasProgram
import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `add`: puts a layer at the end of the model.
struct Add: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "add",
    summary: "Puts a layer at the end of the model",
    details: "Whether the layer fits on what stands before it is checked at once, and its output is shown.",
    parameters: [
      Parameter(
        "layer", .oneOf(LayerCatalog.all.map { $0.schema }), .positional, .required, help: "The kind of layer")
    ],
    examples: [
      Example(
        "add conv2d 16 3x3 activation=relu", "the first layer of the notes' model", after: ["new model input=300x300x3"]
      ),
      Example("add maxpooling2d 2x2", "halves both sides", after: ["new model input=300x300x3"]),
    ],
    keras: "model.add(keras.layers.Conv2D(16, (3, 3), activation='relu'))")

  let spec: any LayerSpec

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let choice = arguments.choice("layer"),
      let type = LayerCatalog.all.first(where: { $0.schema.name == choice.name })
    else { throw ArgumentError(missing: "layer") }
    spec = try type.init(choice)
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    var trained = try context.activeModel()
    let input = trained.model.outputShape
    do {
      try trained.model.add(spec)
    } catch {
      let problem = CommandError(
        .shape, "\(type(of: spec).schema.name) does not fit on \(input): \(error.problem)",
        help: error.help + (error.help.isEmpty ? "" : "; ") + "summary explain shows the arithmetic", parameter: "layer"
      )
      let refused = RefusedLayer(spec: spec, model: trained.model.name, position: trained.model.layers.count)
      throw PartialFailure(problem, keeping: [.setPart(refused)])
    }
    context.forgetLearning(of: &trained, because: "a layer was added")
    if let layer = trained.model.layers.last {
      let parameters = layer.parameterCount == 0 ? "" : ", \(NumberText.grouped(layer.parameterCount)) parameters"
      context.say("\(layer.name): \(input) → \(layer.output)\(parameters)", .faint)
    }
    return [.setModel(trained)]
  }
}

extension Add: KerasWriting {
  func write(to program: inout KerasProgram, _ run: CommandRun) {
    guard run.isComplete, let model = run.after.activeModel?.model, let layer = model.layers.last,
      let typed = run.arguments.choice("layer")
    else { return }
    let type = type(of: spec)
    program.addLayer(
      layer.name, PythonCall("keras.layers.\(type.kerasName)", type.schema, typed), to: model.name,
      hadLearned: run.before.activeModel?.learned != nil)
  }
}
