import ConvoSchema
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
    func recorded(_ isMeant: (Loss) -> Bool) throws -> [Loss.Kind: Set<Activation>] {
      try LossRecord.all().filter { isMeant($0.loss) }
        .reduce(into: [:]) { $0[$1.loss.kind, default: []].insert($1.activation) }
    }
    let all = Set(Activation.allCases)
    let plain = try recorded { $0 == Loss($0.kind) }
    #expect(plain == Dictionary(uniqueKeysWithValues: Loss.Kind.allCases.map { ($0, all) }))
    for parameter in ["from_logits", "label_smoothing"] {
      let having = Loss.Kind.allCases.filter { $0.schema.parameter(parameter) != nil }
      let found = try recorded { parameter == "from_logits" ? $0.fromLogits : $0.labelSmoothing > 0 }
      #expect(found == Dictionary(uniqueKeysWithValues: having.map { ($0, all) }), "\(parameter)")
    }
  }
}

/// What Keras computed for one loss with one activation.
struct LossRecord: Decodable, Sendable, CustomTestStringConvertible {
  /// Keras's names.
  struct Options: Decodable, Sendable {
    let from_logits: Bool?
    let label_smoothing: Double?
  }

  private let kind: Loss.Kind
  private let options: Options
  let activation: Activation
  let logits, targets, outputs, losses, gradient: RecordedArray

  private enum CodingKeys: String, CodingKey {
    case kind = "loss"
    case options, activation, logits, targets, outputs, losses, gradient
  }

  var loss: Loss {
    var loss = Loss(kind)
    loss.fromLogits = options.from_logits ?? false
    loss.labelSmoothing = options.label_smoothing ?? 0
    return loss
  }

  var testDescription: String {
    let smoothing = loss.labelSmoothing == 0 ? "" : " smoothed by \(loss.labelSmoothing)"
    return "\(kind.rawValue)\(loss.fromLogits ? " from logits" : "")\(smoothing), \(activation.rawValue), "
      + "\(logits.shape[1]) outputs"
  }

  static func all() throws -> [LossRecord] {
    struct File: Decodable { let losses: [LossRecord] }
    return try recorded("losses_optimizers", as: File.self).losses
  }
}
