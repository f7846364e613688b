import ConvoSchema
import ConvoTensor

@testable import ConvoNetwork

/// A layer of units on a row of numbers, for tests that look at shapes and activations and compute nothing.
struct Outputs: LayerSpec {
  static let kerasName = "Dense"
  static let schema = Schema("dense", summary: "For tests")

  var units: Int
  var activation = Activation.linear

  init(units: Int, _ activation: Activation = .linear) {
    self.units = units
    self.activation = activation
  }

  init(_ arguments: Arguments) throws(ArgumentError) {
    units = try arguments.integer("units")
  }

  func outputShape(for input: Shape) -> Shape { Shape(input.sides.dropLast() + [units]) }

  func arithmetic(for input: Shape) -> LayerArithmetic { LayerArithmetic(explanation: "for tests") }

  func weights(for input: Shape) -> [WeightSpec] {
    let inputs = input.sides.last ?? 0
    return [
      WeightSpec(name: "kernel", shape: [inputs, units], initializer: .glorotUniform),
      WeightSpec(name: "bias", shape: [units], initializer: .zeros),
    ]
  }
}

/// A layer that makes a row of numbers of a picture.
struct FlatRow: LayerSpec {
  static let kerasName = "Flatten"
  static let schema = Schema("flatten", summary: "For tests")

  var activation: Activation { .linear }

  init() {}
  init(_ arguments: Arguments) throws(ArgumentError) {}

  func outputShape(for input: Shape) -> Shape { [input.count ?? 0] }
  func arithmetic(for input: Shape) -> LayerArithmetic { LayerArithmetic(explanation: "for tests") }

  func weights(for input: Shape) -> [WeightSpec] { [] }
}
