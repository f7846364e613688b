import ConvoNetwork
import ConvoSchema
import ConvoTensor

/// A model as the driver describes it to both sides: by Keras's class names and parameters.
struct ModelDescription: Decodable {
  struct Layer: Decodable {
    var name: String
    /// What is not given has Keras's default.
    var config: [String: ParameterValue]
  }

  /// `[height, width, channels]`.
  var input: [Int]
  var layers: [Layer]
  var loss: String

  /// The model, compiled with the optimizer of the notes.
  func makeModel() throws(BenchError) -> Model {
    var model = Model(name: "benchmark", inputShape: Shape(input))
    for layer in layers {
      let spec = try layer.spec()
      do {
        try model.add(spec)
      } catch {
        throw .failed("\(layer.name): \(error.problem)")
      }
    }
    guard let kind = Loss.Kind(named: loss) else { throw .missing("the loss \(loss)") }
    do {
      try model.compile(CompileSettings(loss: Loss(kind), optimizer: RMSprop()))
    } catch {
      throw .failed(error.problem)
    }
    return model
  }
}

extension ModelDescription.Layer {
  /// The layer of the catalog; its schema fills in the defaults.
  func spec() throws(BenchError) -> any LayerSpec {
    guard let type = LayerCatalog.all.first(where: { $0.schema.answers(to: name) }) else {
      throw .missing("the layer \(name)")
    }
    let schema = type.schema
    if let unknown = config.keys.sorted().first(where: { schema.parameter($0) == nil }) {
      throw .missing("\(name)'s parameter \(unknown)")
    }
    do {
      return try type.init(Arguments(defaultsOf: schema, config.mapValues(\.value)))
    } catch {
      throw .missing("\(name) with \(error.parameter): \(error.problem)")
    }
  }
}

/// A layer's parameter in JSON.
struct ParameterValue: Decodable {
  let value: Value

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let boolean = try? container.decode(Bool.self) {
      value = .boolean(boolean)
    } else if let integer = try? container.decode(Int.self) {
      value = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let sides = try? container.decode([Int].self) {
      value = .size(sides)
    } else {
      value = .text(try container.decode(String.self))
    }
  }
}
