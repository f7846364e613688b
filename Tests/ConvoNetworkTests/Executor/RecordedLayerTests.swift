import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct RecordedLayerTests {
  @Test(arguments: try RecordedModel.all())
  func shapesAndParametersAreThoseOfKeras(_ record: RecordedModel) throws {
    let model = try record.model()
    #expect(model.layers.map(\.output.sides) == record.shapes)
    #expect(model.parameterCount == record.parameters)
  }

  @Test(arguments: try RecordedModel.all())
  func outputsLossesAndGradientsAreThoseOfKeras(_ record: RecordedModel) throws {
    let width = record.shapes.last?.reduce(1, *) ?? 0
    let found = try record.executor().step(
      record.inputs, targets: record.truth(width: width), count: record.batch, width: width, loss: Loss(record.loss))
    let gradient = stride(from: 0, to: found.gradient.count, by: record.every).map { found.gradient[$0] }

    #expect(largestError(found.outputs, record.outputs.values, floor: scale(record.outputs)) < 1e-5)
    #expect(largestError(found.losses, record.losses.values, floor: scale(record.losses)) < 1e-5)
    // A filter's gradient in the large model is a sum over ten thousand pixels.
    let tolerance: Float = record.parameters > 100_000 ? 2e-5 : 1e-5
    #expect(largestError(gradient, record.gradient.values, floor: scale(record.gradient)) < tolerance)
  }

  @Test(arguments: try RecordedModel.all())
  func inferenceGivesTheSame(_ record: RecordedModel) throws {
    let width = record.shapes.last?.reduce(1, *) ?? 0
    let executor = try record.executor(forTraining: false)
    let outputs = try executor.prediction(record.inputs, count: record.batch, width: width)
    let (expected, losses) = (record.used ?? record.outputs, record.usedLosses ?? record.losses)
    #expect(largestError(outputs, expected.values, floor: scale(expected)) < 1e-5)

    let measured = try executor.evaluation(
      record.inputs, targets: record.truth(width: width), count: record.batch, width: width, loss: Loss(record.loss))
    #expect(measured.outputs == outputs)
    #expect(largestError(measured.losses, losses.values, floor: scale(losses)) < 1e-5)

    // The same from a network that was made to train.
    let trainer = try record.executor().evaluation(
      record.inputs, targets: record.truth(width: width), count: record.batch, width: width, loss: Loss(record.loss))
    #expect(largestError(trainer.outputs, expected.values, floor: scale(expected)) < 1e-5)
    #expect(largestError(trainer.losses, losses.values, floor: scale(losses)) < 1e-5)
  }

  @Test(arguments: try RecordedModel.all().filter { $0.moving != nil })
  func movingStatisticsAreThoseOfKeras(_ record: RecordedModel) throws {
    let executor = try record.executor()
    let width = record.shapes.last?.reduce(1, *) ?? 0
    let before = Array(executor.weights.values)
    _ = try executor.step(
      record.inputs, targets: record.truth(width: width), count: record.batch, width: width, loss: Loss(record.loss))
    var found: [Float] = []
    for entry in executor.layout.entries {
      if entry.weight.isTrainable {
        #expect(Array(executor.weights.values[entry.range]) == Array(before[entry.range]))
      } else {
        found += executor.weights.values[entry.range]
      }
    }
    let expected = try #require(record.moving)
    #expect(largestError(found, expected.values) < 1e-6)
    #expect(found != expected.values.map { _ in 0 })
  }

  @Test(arguments: try RecordedModel.all())
  func nothingFallsBackToReferenceCode(_ record: RecordedModel) throws {
    let names = try record.executor().implementationNames
    #expect(names.filter { $0.contains("ref") } == [])
  }

  @Test func everyLayerAndEveryActivationIsRecorded() throws {
    let layers = try RecordedModel.all().flatMap(\.layers).map(\.spec)
    #expect(Set(layers.map { type(of: $0).kerasName }) == Set(LayerCatalog.all.map { $0.kerasName }))
    #expect(Set(layers.map(\.activation)) == Set(Activation.allCases))
  }

  /// The root mean square: an error in a number that is small by cancellation is measured against it.
  private func scale(_ array: RecordedArray) -> Float {
    let squares = array.values.reduce(0) { $0 + Double($1) * Double($1) }
    return Float((squares / Double(max(array.values.count, 1))).squareRoot())
  }
}
