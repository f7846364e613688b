import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

/// What Keras made of values that are not finite; `record_nonfinite.py` says how.
struct NonfiniteRecord: Decodable, Sendable, CustomTestStringConvertible {
  /// What one way of running the model gave, for an upstream gradient.
  struct Run: Decodable, Sendable {
    let outputs, inputGradient, weightGradient: RecordedArray
  }

  /// The same, where it differs from what was compiled.
  struct Difference: Decodable, Sendable {
    let outputs: RecordedArray?
  }

  /// A model of one layer without weights that one kernel computes.
  enum Kernel {
    case activation(Activation)
    case pooling(PoolingKernel.Function, Window)
  }

  let name: String
  let number: UInt64
  let input: [Int]
  let batch: Int
  let layers: [RecordedLayer]
  /// From the place in the flat inputs, or in the flat weights, to `nan`, `inf` or `-inf`.
  let inputPlaces, weightPlaces: [String: String]
  let compiled: Run
  let eager: Difference?

  var testDescription: String { name }

  static func all() throws -> [NonfiniteRecord] {
    struct File: Decodable { let models: [NonfiniteRecord] }
    return try recorded("nonfinite", as: File.self).models
  }

  var inputs: [Float] { Self.poisoned(numbers(batch * input.reduce(1, *), seed: number), inputPlaces) }
  var upstream: [Float] { numbers(compiled.outputs.values.count, seed: 3000 + number) }
  var channels: Int { compiled.outputs.shape.last ?? 1 }

  func executor(forTraining: Bool) throws -> Executor {
    let model = try Model(Shape(input), layers.map(\.spec))
    let executor = try Executor(model, largestBatch: batch, threads: 1, forTraining: forTraining)
    _ = executor.weights.values.update(
      from: Self.poisoned(model.testWeights(seed: 1000 + number), weightPlaces))
    return executor
  }

  /// The last activation of a model is computed by itself here, also where TensorFlow would compile it into one operation
  /// with what comes before it, and gives what it gives in Keras when nothing is compiled.
  var expectedOutputs: [Float] {
    layers.last?.spec.activation == .linear
      ? compiled.outputs.values : (eager?.outputs ?? compiled.outputs).values
  }

  var hasSoftmax: Bool { layers.contains { $0.spec.activation == .softmax } }

  var hasComparableGradient: Bool {
    !compiled.weightGradient.values.isEmpty && !layers.contains { $0.spec is MaxPooling2D }
      && layers.last?.spec.activation == .linear
      && compiled.outputs.values.allSatisfy { abs($0) < 1e3 }
  }

  var kernel: Kernel? {
    guard layers.count == 1, let spec = layers.first?.spec, !hasSoftmax else { return nil }
    switch spec {
    case let layer as ActivationLayer: return .activation(layer.activation)
    case let layer as MaxPooling2D: return .pooling(.largest, layer.window)
    case let layer as AveragePooling2D: return .pooling(.mean, layer.window)
    default: return nil
    }
  }

  private static func poisoned(_ values: [Float], _ places: [String: String]) -> [Float] {
    var values = values
    for (place, name) in places {
      if let index = Int(place), let value = Float(name) { values[index] = value }
    }
    return values
  }
}
