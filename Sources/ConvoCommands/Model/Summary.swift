import ConvoKernel
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor

/// `summary`: shows the model layer by layer.
struct Summary: Command {
  static let stage = CourseStage.model

  static let schema = Schema(
    "summary",
    summary: "Shows the layers of the model, their output shapes and their parameters",
    details: """
      None stands for the batch: the number of images that go through together is not part of the model. Parameters \
      are the numbers that training sets.
      """,
    examples: [
      Example("summary", "the active model", after: ["new model input=8x8x3", "add flatten", "add dense 1"])
    ],
    keras: "model.summary()")

  init(_ arguments: Arguments) throws(ArgumentError) {}

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let model = try context.activeModel().model
    let weights = model.layers.flatMap(\.weights)
    let trainable = weights.filter(\.isTrainable).reduce(0) { $0 + ($1.shape.count ?? 0) }
    let layers = model.layers.map {
      ModelSummary.Layer(
        name: $0.name, type: type(of: $0.spec).kerasName, outputShape: $0.output.sides, params: $0.parameterCount)
    }
    context.emit(
      .summary(
        ModelSummary(
          name: model.name, layers: layers, trainableParams: trainable,
          nonTrainableParams: model.parameterCount - trainable)))
    return []
  }
}
