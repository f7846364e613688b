import ConvoSchema

/// A penalty on large numbers that is added to the loss, by Keras's names.
///
///     l1(a)          a · Σ |w|                  slope  a · sign w
///     l2(b)          b · Σ w²                   slope  2 b · w
///     l1_l2(a, b)    the sum of both
public struct Regularizer: Sendable, Hashable, Codable {
  /// The strengths a and b, from 0 on.
  public var l1, l2: Double

  public init(l1: Double = 0, l2: Double = 0) {
    self.l1 = l1
    self.l2 = l2
  }
}

extension Regularizer {
  /// Keras's names, and its strength where none is given.
  static let schemas = [
    Schema("l1", aliases: ["L1"], summary: "A penalty on the sizes of numbers", parameters: [strength("l1")]),
    Schema("l2", aliases: ["L2"], summary: "A penalty on the squares of numbers", parameters: [strength("l2")]),
    Schema(
      "l1_l2", aliases: ["L1L2"], summary: "A penalty on the sizes and on the squares of numbers",
      parameters: [strength("l1"), strength("l2")]),
  ]

  private static func strength(_ name: String) -> Parameter {
    Parameter(
      name, .number(.nonNegative), .positional, .defaults(to: .number(0.01)), help: "What the penalty is multiplied by")
  }

  /// A regularizer as it is written: `l2`, or `l2(0.001)` with its strength.
  ///
  /// - Parameter parameter: The layer's parameter, which errors name.
  init(_ text: String, for parameter: String) throws(ArgumentError) {
    guard let call = WrittenCall(text), let schema = Self.schemas.first(where: { $0.answers(to: call.name) }) else {
      throw ArgumentError(
        parameter: parameter, problem: "\(parameter) can't be \(text)",
        help: "none, l1, l2, l1_l2, or one of them with a strength of 0 or more: \(parameter)=\"l2(0.001)\"")
    }
    let arguments = try schema.arguments(of: call, for: parameter)
    func strength(_ name: String) throws(ArgumentError) -> Double {
      schema.parameter(name) == nil ? 0 : try arguments.float(name, for: parameter)
    }
    try self.init(l1: strength("l1"), l2: strength("l2"))
  }
}

extension Regularizer {
  /// The penalty on some numbers.
  func value(_ numbers: some Sequence<Float>) -> Double {
    var value = 0.0
    if l1 != 0 { value += l1 * numbers.reduce(0) { $0 + Double(abs($1)) } }
    if l2 != 0 { value += l2 * numbers.reduce(0) { $0 + Double($1) * Double($1) } }
    return value
  }

  /// Adds the penalty's slope at some numbers to as many gradients.
  ///
  /// - Parameter scale: What the loss is multiplied by.
  func addSlopes(
    at numbers: UnsafeBufferPointer<Float>, to gradients: UnsafeMutableBufferPointer<Float>, scale: Float
  ) {
    if l1 != 0 {
      let strength = Float(l1) * scale
      for index in numbers.indices where numbers[index] != 0 {
        gradients[index] += numbers[index] < 0 ? -strength : strength
      }
    }
    if l2 != 0 {
      let strength = 2 * (Float(l2) * scale)
      for index in numbers.indices { gradients[index] += strength * numbers[index] }
    }
  }
}
