import ConvoData
import ConvoImages
import ConvoKernel
import ConvoLanguage
import ConvoNetwork
import ConvoOutput
import ConvoSchema
import ConvoTensor
import ConvoTraining

/// `trace`: one output of a layer, product by product.
struct Trace: Command {
  static let stage = CourseStage.look

  static let schema = Schema(
    "trace",
    summary: "Computes one output of a layer by hand: the products, their sum, the bias and the activation",
    details: """
      The picture goes through the layers before the one that is named, prepared as the model learned it. at is a place \
      in the layer's output, row first; rows, columns, channels and filters are counted from 0, as in Python. A dense layer \
      after flatten has no places, only units: filter is then the unit.

      print knows trace.sum (of the products), .bias, .output and .products (how many).
      """,
    parameters: [
      LayerChoice.parameter,
      Parameter("file", .path(.file), .after("on"), .required, help: "The file of a picture"),
      Parameter("at", .place, .named, .optional, help: "Row and column of the output"),
      Parameter(
        "filter", .integer(0...Int.max), .named, .defaults(to: .integer(0)), help: "The filter or unit, counted from 0"),
    ],
    examples: [
      Example(
        "trace conv2d on datasets/horse-or-human/train/horses/horse001.png at=10,12 filter=3",
        "3 channels of 3x3 values: 27 products", after: ExampleSetUp.trainedModel),
      Example(
        "trace dense on datasets/horse-or-human/train/horses/horse001.png", "the last number, before it is an answer",
        after: ExampleSetUp.trainedModel),
    ],
    keras: "numpy.sum(patch * model.layers[0].kernel[:, :, :, 3]) + model.layers[0].bias[3]")

  private let layer: Value
  let file: String
  let place: [Int]?
  let filter: Int

  init(_ arguments: Arguments) throws(ArgumentError) {
    guard let layer = arguments.value("layer") else { throw ArgumentError(missing: "layer") }
    self.layer = layer
    file = try arguments.text("file")
    place = try arguments.sizeIfGiven("at")
    filter = try arguments.integer("filter")
  }

  func run(in context: CommandContext) async throws -> [SessionChange] {
    let trained = try context.activeModel()
    let index = try LayerChoice.index(of: layer, in: trained.model)
    let layer = trained.model.layers[index]
    let (row, column) = try checkedPlace(in: layer)
    let path = try ShownFile.path(of: file, in: context, parameter: "file")
    let preprocessing = try Self.preprocessing(of: trained, context)
    let state = trained.learned ?? LearnedState(initial: trained.model, seed: context.state.settings.seed)
    if trained.learned == nil {
      context.say("\(trained.model.name) has learned nothing yet: these are its first, random weights", .faint)
    }
    let input = try await context.onOwnThread {
      do {
        let image = try ImageFile.decode(path, as: preprocessing.colorMode)
        return try LayerInput.values(
          ofLayer: index, in: trained.model, state, preprocessing, image, threads: context.state.settings.threads,
          kernels: context.state.settings.kernels)
      } catch let error as ImageError {
        throw CommandError(.data, FileNameText.oneLine("\(error)"), parameter: "file")
      } catch let error as TrainingError {
        throw error.asCommandError(parameter: "file")
      }
    }
    let before = trained.model.prefix(index).parameterCount
    let weights = Array(state.weights[before..<before + layer.parameterCount])
    guard let trace = layer.trace(unit: filter, row: row, column: column, input: input, weights: weights) else {
      throw CommandError(.badValue, "\(layer.name) has no such output", parameter: "at")
    }
    TraceTables(layer: layer, trace: trace, filter: filter, row: row, column: column).tell(context)
    return [
      .setResults(
        of: "trace",
        [
          "sum": .number(trace.sum), "bias": .number(trace.bias), "output": .number(trace.output),
          "products": .number(Double(trace.products.count)),
        ])
    ]
  }

  /// Row and column of the output; 0 and 0 where it has no places.
  private func checkedPlace(in layer: Model.Layer) throws(CommandError) -> (row: Int, column: Int) {
    let kind = type(of: layer.spec).schema.name
    guard layer.isTraceable else {
      throw CommandError(
        .badValue, "\(layer.name) is a \(kind) layer, and has no products to look at",
        help: "trace a conv2d or a dense layer", parameter: "layer")
    }
    guard filter < layer.units else {
      throw CommandError(
        .badValue, "\(layer.name) has \(layer.units) \(kind == "dense" ? "units" : "filters"), counted from 0",
        help: "filter is from 0 to \(layer.units - 1)", parameter: "filter")
    }
    let sides = layer.output.sides
    guard sides.count == 3 else {
      guard place == nil else {
        throw CommandError(
          .badValue, "\(layer.name) hands on a row of values, which has no rows and columns", help: "leave at= out",
          parameter: "at")
      }
      return (0, 0)
    }
    let range = "at is from 0,0 to \(sides[0] - 1),\(sides[1] - 1)"
    guard let place else {
      throw CommandError(
        .badValue, "\(layer.name) has an output for each of \(sides[0])x\(sides[1]) places; say which: at=ROW,COLUMN",
        help: range)
    }
    guard place[0] < sides[0], place[1] < sides[1] else {
      throw CommandError(
        .badValue, "\(place[0]),\(place[1]) is outside of the output of \(layer.name), \(layer.output)", help: range,
        parameter: "at")
    }
    return (place[0], place[1])
  }

  /// The model's own; before any training, that of a generator whose images it takes, or resizing alone.
  private static func preprocessing(
    of trained: TrainedModel, _ context: CommandContext
  ) throws(CommandError) -> Preprocessing {
    if let own = trained.preprocessing { return own }
    let shape = trained.model.inputShape
    if let generator = context.state.generators.first(where: { Shape($0.imageShape) == shape }) {
      context.say("the picture is prepared as those of \(generator.name)", .faint)
      return Preprocessing(generator)
    }
    guard shape.sides.count == 3, let mode = ColorMode.allCases.first(where: { $0.channels == shape.sides[2] }) else {
      throw CommandError(.shape, "\(trained.model.name) takes \(shape), which is no picture")
    }
    context.say(
      "no generator has images of \(shape): the picture is only resized, and its values go from 0 to 255", .faint)
    return Preprocessing(size: ImageSize(height: shape.sides[0], width: shape.sides[1]), colorMode: mode)
  }
}
