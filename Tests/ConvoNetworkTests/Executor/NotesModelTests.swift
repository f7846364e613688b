import ConvoTensor
import Testing

@testable import ConvoNetwork

/// The model of the notes, at its full size.
@Suite struct NotesModelTests {
  static func model() throws -> Model {
    var layers: [any LayerSpec] = []
    for filters in [16, 32, 64, 64, 64] {
      layers.append(Conv2D(filters: filters, kernelSize: [3, 3], activation: .relu))
      layers.append(MaxPooling2D())
    }
    return try Model(
      [300, 300, 3], layers + [Flatten(), Dense(units: 512, activation: .relu), Dense(units: 1, activation: .sigmoid)])
  }

  @Test func hasTheShapesAndTheParametersOfTheNotes() throws {
    let model = try Self.model()
    #expect(model.parameterCount == 1_704_097)
    #expect(WeightLayout(model).count == 1_704_097)
    #expect(
      model.layers.map(\.output.withBatch) == [
        "(None, 298, 298, 16)", "(None, 149, 149, 16)", "(None, 147, 147, 32)", "(None, 73, 73, 32)",
        "(None, 71, 71, 64)", "(None, 35, 35, 64)", "(None, 33, 33, 64)", "(None, 16, 16, 64)", "(None, 14, 14, 64)",
        "(None, 7, 7, 64)", "(None, 3136)", "(None, 512)", "(None, 1)",
      ])
    #expect(model.layers.map(\.parameterCount) == [448, 0, 4640, 0, 18496, 0, 36928, 0, 36928, 0, 0, 1_606_144, 513])
  }

  @Test func runsOnCompiledCodeAlone() throws {
    let executor = try Executor(Self.model(), largestBatch: 128, threads: 1, forTraining: true)
    #expect(executor.implementationNames.filter { $0.contains("ref") } == [])
  }

  @Test func trainsOnOnePicture() throws {
    let model = try Self.model()
    let executor = try Executor(model, largestBatch: 1, threads: 2, forTraining: true)
    _ = executor.weights.values.update(from: model.testWeights(seed: 1))
    let result = try executor.step(
      numbers(300 * 300 * 3, seed: 2), targets: [1], count: 1, width: 1, loss: .binaryCrossentropy)
    #expect(result.losses[0] > 0 && result.losses[0] < 3)
    for entry in executor.layout.entries {
      #expect(result.gradient[entry.range].contains { $0 != 0 }, "\(entry.weight.name) of layer \(entry.layer)")
    }
  }
}
