import ConvoSchema
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct RecordedOptimizerTests {
  @Test(arguments: try OptimizerRecord.read().runs)
  func everyStepIsThatOfKeras(_ run: OptimizerRecord.Run) throws {
    let record = try OptimizerRecord.read()
    try check(run, gradients: record.gradients, record)
  }

  @Test(arguments: try OptimizerRecord.read().wildRuns)
  func whatIsNotANumberIsNotHidden(_ run: OptimizerRecord.Run) throws {
    let record = try OptimizerRecord.read()
    try check(run, gradients: record.wildGradients, record)
  }

  private func check(_ run: OptimizerRecord.Run, gradients: RecordedArray, _ record: OptimizerRecord) throws {
    let optimizer = try run.make()
    let count = record.start.values.count
    let update = WeightUpdate(optimizer, variables: [0..<4, 4..<count])
    var weights = record.start.values
    var state = OptimizerState(for: optimizer, weights: count)
    for step in 0..<gradients.shape[0] {
      let part = step * count..<(step + 1) * count
      update.step(&state, weights: &weights, gradients: Array(gradients.values[part]))
      // Two units in the last place of the weight.
      #expect(largestError(weights, run.weights.values[part], floor: 0.1) < 2.5e-7, "step \(step + 1)")
    }
    #expect(state.iterations == gradients.shape[0])
    #expect(Set(state.slotNames) == Set(run.slots.keys))
    for (name, values) in run.slots {
      let slot = try #require(state[slot: name])
      #expect(largestError(slot, values.values, floor: 1e-12) < 2e-6, "\(name)")
    }
    weights.withUnsafeMutableBufferPointer { update.finish(state, weights: $0) }
    #expect(largestError(weights, run.final.values, floor: 0.1) < 2.5e-7)
  }

  @Test func everyOptionIsRecorded() throws {
    let recorded = Set(try OptimizerRecord.read().runs.flatMap(\.settings.keys))
    #expect(recorded.isSuperset(of: OptimizerOptions.parameters.map(\.name)))
  }

  @Test(arguments: ["sgd", "rmsprop", "adam"])
  func defaultsAreThoseOfKeras(_ name: String) throws {
    let type = try #require(OptimizerCatalog.named(name))
    let expected = try #require(OptimizerRecord.read().defaults[name])
    #expect(type.schema.parameters.map(\.name).sorted() == expected.keys.sorted())
    for parameter in type.schema.parameters {
      let value = try #require(expected[parameter.name])
      #expect(parameter.presence == .defaults(to: value.value), "\(parameter.name)")
    }
  }

  @Test func valuesMadeInSwiftHaveTheDefaultsOfTheSchema() throws {
    #expect(try SGD() == SGD(Arguments(defaultsOf: SGD.schema)))
    #expect(try RMSprop() == RMSprop(Arguments(defaultsOf: RMSprop.schema)))
    #expect(try Adam() == Adam(Arguments(defaultsOf: Adam.schema)))
  }
}

extension WeightUpdate {
  /// One step on arrays, its parts one after the other.
  func step(_ state: inout OptimizerState, weights: inout [Float], gradients: [Float]) {
    step(&state, weights: &weights, gradients: gradients) { parts, work in (0..<parts).forEach(work) }
  }

  /// One step on arrays.
  func step(_ state: inout OptimizerState, weights: inout [Float], gradients: [Float], on parallel: Parallel) {
    var gradients = gradients
    weights.withUnsafeMutableBufferPointer { weights in
      gradients.withUnsafeMutableBufferPointer { gradients in
        step(&state, weights: weights, gradients: gradients, on: parallel)
      }
    }
  }
}

/// What Keras's optimizers did on given gradients, to a variable of 4 weights and one of 5.
struct OptimizerRecord: Decodable, Sendable {
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let settings: [String: RecordedSetting]
    let weights: RecordedArray
    let slots: [String: RecordedArray]
    /// The weights after the end of training.
    let final: RecordedArray

    var testDescription: String {
      ([optimizer] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.value)" }).joined(separator: " ")
    }

    func make() throws -> any OptimizerSpec {
      let type = try #require(OptimizerCatalog.named(optimizer))
      var values = settings.mapValues(\.value)
      for case (let name, .number(let number)) in values {
        // JSON has one kind of number.
        if case .optional(.integer) = type.schema.parameter(name)?.kind { values[name] = .integer(Int(number)) }
      }
      return try type.init(Arguments(defaultsOf: type.schema, values))
    }
  }

  /// A number, a truth value or nothing.
  struct RecordedSetting: Decodable, Sendable {
    let value: Value

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .none
      } else if let flag = try? container.decode(Bool.self) {
        value = .boolean(flag)
      } else {
        value = .number(try container.decode(Double.self))
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case start, gradients, runs, defaults
    case wildGradients = "wild_gradients"
    case wildRuns = "wild_runs"
  }

  let start, gradients, wildGradients: RecordedArray
  let runs, wildRuns: [Run]
  let defaults: [String: [String: RecordedSetting]]

  static func read() throws -> OptimizerRecord {
    struct File: Decodable { let optimizers: OptimizerRecord }
    return try recorded("losses_optimizers", as: File.self).optimizers
  }
}
