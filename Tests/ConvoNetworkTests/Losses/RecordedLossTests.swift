import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct RecordedLossTests {
  @Test(arguments: try LossRecord.all())
  func lossAndGradientAreThoseOfKeras(_ record: LossRecord) throws {
    let (rows, width) = (record.logits.shape[0], record.logits.shape[1])
    #expect(record.loss.targetWidth(outputs: width) == record.targets.shape[1])

    let found = record.loss.evaluated(
      width: width, logits: record.logits.values, outputs: record.outputs.values, activation: record.activation,
      targets: record.targets.values, scale: 1 / Float(rows))

    #expect(largestError(found.losses, record.losses.values, floor: 1e-2) < 1e-5)
    #expect(largestError(found.gradient, record.gradient.values, floor: 1e-2) < 1e-5)
  }

  @Test(arguments: try LossRecord.all())
  func lossIsTheSameWithoutItsGradient(_ record: LossRecord) throws {
    let width = record.logits.shape[1]
    let (logits, outputs, targets) = (record.logits.values, record.outputs.values, record.targets.values)
    let with = record.loss.evaluated(
      width: width, logits: logits, outputs: outputs, activation: record.activation, targets: targets)
    let without = record.loss.losses(
      width: width, logits: logits, outputs: outputs, activation: record.activation, targets: targets)
    #expect(with.losses == without)
  }

  @Test func everyLossWithEveryActivationIsRecorded() throws {
    let recorded = Set(try LossRecord.all().map { "\($0.loss) \($0.activation)" })
    #expect(recorded.count == Loss.allCases.count * Activation.allCases.count)
  }
}

/// What Keras computed for one loss with one activation.
struct LossRecord: Decodable, Sendable, CustomTestStringConvertible {
  let loss: Loss
  let activation: Activation
  let logits, targets, outputs, losses, gradient: RecordedArray

  var testDescription: String { "\(loss.rawValue), \(activation.rawValue), \(logits.shape[1]) outputs" }

  static func all() throws -> [LossRecord] {
    struct File: Decodable { let losses: [LossRecord] }
    return try recorded("losses_optimizers", as: File.self).losses
  }
}
