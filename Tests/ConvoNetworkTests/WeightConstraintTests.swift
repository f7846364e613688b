import ConvoSchema
import ConvoTensor
import ConvoTestSupport
import Testing

@testable import ConvoNetwork

@Suite struct WeightConstraintTests {
  /// What Keras makes of some weights.
  struct Record: Decodable, Sendable, CustomTestStringConvertible {
    let constraint: String
    let before, after: RecordedArray

    var testDescription: String { "\(constraint) of \(before.shape)" }

    static func all() throws -> [Record] {
      struct File: Decodable { let constraints: [Record] }
      return try recorded("losses_optimizers", as: File.self).constraints
    }
  }

  @Test(arguments: try Record.all())
  func weightsBecomeThoseOfKeras(_ record: Record) throws {
    let constraint = try WeightConstraint(record.constraint, for: "kernel_constraint")
    var weights = record.before.values
    weights.withUnsafeMutableBufferPointer { constraint.apply(to: $0, shape: Shape(record.before.shape)) }
    #expect(weights.map(\.isNaN) == record.after.values.map(\.isNaN))
    let numbers = weights.indices.filter { !weights[$0].isNaN }
    #expect(largestError(numbers.map { weights[$0] }, numbers.map { record.after.values[$0] }, floor: 0.1) < 1e-6)
  }

  @Test func onlyTheWeightsOfTheirOwnAreChanged() throws {
    let model = try Model(
      [3],
      [
        Dense(units: 2, biasConstraint: .nonNegative), BatchNormalization(gammaConstraint: .maxNorm(1, axes: [0])),
        Dense(units: 1, kernelConstraint: .nonNegative),
      ])
    let layout = WeightLayout(model)
    let weights = FloatBuffer(count: layout.count)
    weights.values.update(repeating: -2)
    WeightConstraints(layout).apply(to: weights.values)
    for entry in layout.entries {
      let values = Set(weights.values[entry.range])
      switch (entry.layer, entry.weight.name) {
      case (0, "bias"), (2, "kernel"): #expect(values == [0])
      case (1, "gamma"): #expect(values.allSatisfy { abs($0 + Float(0.5).squareRoot()) < 1e-6 })
      case _: #expect(values == [-2], "\(entry.weight.name) of layer \(entry.layer)")
      }
    }
  }

  @Test(arguments: [
    ("learning_rate", 1e300), ("learning_rate", 1e-300), ("weight_decay", 1e39), ("clipvalue", 1e-50),
    ("loss_scale_factor", 1e300),
  ])
  func numbersThat32BitsCannotHoldAreRefused(parameter: String, number: Double) {
    for type in OptimizerCatalog.all {
      let arguments = Arguments(defaultsOf: type.schema, [parameter: .number(number)])
      let error = #expect(throws: ArgumentError.self) { try type.init(arguments) }
      #expect(error?.parameter == parameter)
      #expect(error?.problem.contains("32-bit") == true)
    }
    let values: [String: Value] = ["scale": .list([.number(1), .number(number)])]
    #expect(throws: ArgumentError.self) { try Rescaling(Arguments(defaultsOf: Rescaling.schema, values)) }
  }
}
