import ConvoSchema
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct RecordedOptimizerTests {
  @Test(arguments: try OptimizerRecord.read().runs)
  func everyStepIsThatOfKeras(_ run: OptimizerRecord.Run) throws {
    let record = try OptimizerRecord.read()
    let optimizer = try run.make()
    let count = record.start.values.count
    var weights = record.start.values
    var state = OptimizerState(for: optimizer, weights: count)
    for step in 0..<record.gradients.shape[0] {
      let part = step * count..<(step + 1) * count
      state.step(optimizer, weights: &weights, gradients: Array(record.gradients.values[part]), ranges: [0..<count])
      // Two units in the last place of the weight.
      #expect(largestError(weights, run.weights.values[part], floor: 0.1) < 2.5e-7, "step \(step + 1)")
    }
    #expect(state.iterations == record.gradients.shape[0])
    #expect(Set(state.slotNames) == Set(run.slots.keys))
    for (name, values) in run.slots {
      let slot = try #require(state[slot: name])
      #expect(largestError(slot, values.values, floor: 1e-12) < 2e-6, "\(name)")
    }
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

extension OptimizerState {
  /// One step on arrays.
  mutating func step(
    _ optimizer: any OptimizerSpec, weights: inout [Float], gradients: [Float], ranges: [Range<Int>]
  ) {
    weights.withUnsafeMutableBufferPointer { weights in
      gradients.withUnsafeBufferPointer { gradients in
        step(optimizer, weights: weights, gradients: gradients, ranges: ranges)
      }
    }
  }
}

/// What Keras's optimizers did on given gradients.
struct OptimizerRecord: Decodable, Sendable {
  struct Run: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let settings: [String: Setting]
    let weights: RecordedArray
    let slots: [String: RecordedArray]

    var testDescription: String {
      ([optimizer] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.value)" }).joined(separator: " ")
    }

    func make() throws -> any OptimizerSpec {
      let type = try #require(OptimizerCatalog.named(optimizer))
      return try type.init(Arguments(defaultsOf: type.schema, settings.mapValues(\.value)))
    }
  }

  /// A number or a truth value.
  struct Setting: Decodable, Sendable {
    let value: Value

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        value = .boolean(flag)
      } else {
        value = .number(try container.decode(Double.self))
      }
    }
  }

  let start, gradients: RecordedArray
  let runs: [Run]
  let defaults: [String: [String: Setting]]

  static func read() throws -> OptimizerRecord {
    struct File: Decodable { let optimizers: OptimizerRecord }
    return try recorded("losses_optimizers", as: File.self).optimizers
  }
}
