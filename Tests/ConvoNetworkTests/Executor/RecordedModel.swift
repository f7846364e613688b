import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// What Keras computed for one small model.
struct RecordedModel: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let number: UInt64
  let input: [Int]
  let batch: Int
  /// The inputs are whole numbers below this; 0 for any.
  let levels: Int
  let loss: Loss.Kind
  let targets: String
  let layers: [RecordedLayer]
  /// The output shape of each layer.
  let shapes: [[Int]]
  let parameters: Int
  /// Of the gradient, every so many-th number was recorded.
  let every: Int
  let outputs, losses, gradient: RecordedArray
  /// Outputs and losses in use, where they differ from those in training.
  let used, usedLosses: RecordedArray?
  /// The weights that are not trained, after the step.
  let moving: RecordedArray?

  private enum CodingKeys: String, CodingKey {
    case name, number, input, batch, levels, loss, targets, layers, shapes, parameters, every
    case outputs, losses, gradient, used, moving
    case usedLosses = "used_losses"
  }

  var testDescription: String { name }

  static func all() throws -> [RecordedModel] {
    struct File: Decodable { let models: [RecordedModel] }
    return try recorded("layers", as: File.self).models
  }

  func model() throws -> Model { try Model(Shape(input), layers.map(\.spec)) }

  var inputs: [Float] {
    let values = numbers(batch * input.reduce(1, *), seed: number)
    return levels == 0 ? values : values.map { (($0 + 1) / 2 * Float(levels)).rounded(.down) }
  }

  func truth(width: Int) -> [Float] {
    switch targets {
    case "binary": (0..<batch).map { Float($0 % 2) }
    case "index": (0..<batch).map { Float($0 % width) }
    case "one hot": (0..<batch).flatMap { sample in (0..<width).map { $0 == sample % width ? 1 : 0 } }
    default: numbers(batch * width, seed: 2000 + number)
    }
  }

  func executor(largestBatch: Int? = nil, threads: Int = 2, forTraining: Bool = true) throws -> Executor {
    let model = try model()
    let executor = try Executor(
      model, largestBatch: largestBatch ?? batch, threads: threads, forTraining: forTraining)
    _ = executor.weights.values.update(from: model.testWeights(seed: 1000 + number))
    return executor
  }
}

/// A layer as Keras's configuration names it.
struct RecordedLayer: Decodable, Sendable {
  let spec: any LayerSpec

  private enum Key: CodingKey {
    case name, config
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .name)
    let type = try #require(LayerCatalog.all.first { $0.kerasName == name })
    spec = try container.decode(type, forKey: .config)
  }
}
