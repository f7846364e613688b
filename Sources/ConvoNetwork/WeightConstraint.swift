import ConvoSchema
import ConvoTensor

/// What a weight tensor is made to keep to after each step, by Keras's names.
///
///     non_neg                              w ← max(w, 0)
///     max_norm(m, axis)                    w ← w · min(n, m) / (ε + n)
///     unit_norm(axis)                      w ← w / (ε + n)
///     min_max_norm(l, m, rate, axis)       w ← w · (rate · min(max(n, l), m) + (1 - rate) · n) / (ε + n)
///
/// with n the root of the sum of w² along the axes, and ε = 1e-7 (Srivastava et al., 2014; the formulas are Keras 3's).
public enum WeightConstraint: Sendable, Hashable, Codable {
  case nonNegative
  case maxNorm(Double, axes: [Int])
  case unitNorm(axes: [Int])
  case minMaxNorm(lower: Double, upper: Double, rate: Double, axes: [Int])
}

extension WeightConstraint {
  private static let nonNegativeSchema = Schema(
    "non_neg", aliases: ["NonNeg"], summary: "What is below 0 becomes 0")
  private static let maxNormSchema = Schema(
    "max_norm", aliases: ["MaxNorm"], summary: "Norms above a number are scaled down to it",
    parameters: [
      Parameter("max_value", .number(.nonNegative), .positional, .defaults(to: .number(2)), help: "The largest norm"),
      axis,
    ])
  private static let unitNormSchema = Schema(
    "unit_norm", aliases: ["UnitNorm"], summary: "Norms are scaled to 1", parameters: [axis])
  private static let minMaxNormSchema = Schema(
    "min_max_norm", aliases: ["MinMaxNorm"], summary: "Norms are scaled to lie between two numbers",
    parameters: [
      Parameter("min_value", .number(.nonNegative), .positional, .defaults(to: .number(0)), help: "The smallest norm"),
      Parameter("max_value", .number(.nonNegative), .positional, .defaults(to: .number(1)), help: "The largest norm"),
      Parameter(
        "rate", .number(NumberBounds(lower: 0, upper: 1)), .positional, .defaults(to: .number(1)),
        help: "How much of the way is gone at each step"),
      axis,
    ])

  private static let axis = Parameter(
    "axis", .list(of: .integer(-8...7)), .positional, .defaults(to: .integer(0)),
    help: "The sides of the weights along which a norm adds up, counted from 0; [0, 1, 2] for each filter of conv2d")

  /// Keras's names and defaults.
  static let schemas = [nonNegativeSchema, maxNormSchema, unitNormSchema, minMaxNormSchema]

  /// A constraint as it is written: `non_neg`, or `max_norm(3, axis=[0, 1, 2])` with its options.
  ///
  /// - Parameter parameter: The layer's parameter, which errors name.
  init(_ text: String, for parameter: String) throws(ArgumentError) {
    guard let call = WrittenCall(text), let schema = Self.schemas.first(where: { $0.answers(to: call.name) }) else {
      throw ArgumentError(
        parameter: parameter, problem: "\(parameter) can't be \(text)",
        help: "none, non_neg, or one of max_norm, unit_norm and min_max_norm: \(parameter)=\"max_norm(2)\"")
    }
    let arguments = try schema.arguments(of: call, for: parameter)
    func number(_ name: String) throws(ArgumentError) -> Double { try arguments.float(name, for: parameter) }
    switch schema.name {
    case Self.maxNormSchema.name: self = .maxNorm(try number("max_value"), axes: arguments.axes)
    case Self.unitNormSchema.name: self = .unitNorm(axes: arguments.axes)
    case Self.minMaxNormSchema.name:
      self = .minMaxNorm(
        lower: try number("min_value"), upper: try number("max_value"), rate: try number("rate"), axes: arguments.axes)
    case _: self = .nonNegative
    }
  }

  /// Throws where an axis is none of a weight's.
  func check(_ weight: WeightSpec) throws(ShapeError) {
    let sides = weight.shape.sides.count
    guard let wrong = axes.first(where: { !(-sides..<sides).contains($0) }) else { return }
    throw ShapeError(
      "the constraint of its \(weight.name) adds up along axis \(wrong), and the \(weight.name) of \(weight.shape) has "
        + (sides == 1 ? "axis 0 alone" : "axes 0 to \(sides - 1)"),
      help: "give another axis")
  }

  private var axes: [Int] {
    switch self {
    case .nonNegative: []
    case .maxNorm(_, let axes), .unitNorm(let axes), .minMaxNorm(_, _, _, let axes): axes
    }
  }
}

extension Arguments {
  fileprivate var axes: [Int] {
    switch value("axis") {
    case .integer(let axis): [axis]
    case .list(let items): items.compactMap { if case .integer(let axis) = $0 { axis } else { nil } }
    case nil, .number, .boolean, .some(.none), .text, .size: []
    }
  }
}

extension WeightConstraint {
  /// Keras's.
  private static let epsilon = 1e-7

  /// Changes a weight tensor of this shape.
  func apply(to weights: UnsafeMutableBufferPointer<Float>, shape: Shape) {
    switch self {
    case .nonNegative:
      // NaN is not below 0, and stays.
      for index in weights.indices where weights[index] < 0 { weights[index] = 0 }
    case .maxNorm(let upper, _):
      scale(weights, shape) { $0 > upper ? upper : $0 }
    case .unitNorm: scale(weights, shape) { _ in 1 }
    case .minMaxNorm(let lower, let upper, let rate, _):
      scale(weights, shape) { norm in
        let raised = norm < lower ? lower : norm
        return rate * (raised > upper ? upper : raised) + (1 - rate) * norm
      }
    }
  }

  /// - Parameter desired: The norm that is wanted for a norm that is there.
  private func scale(_ weights: UnsafeMutableBufferPointer<Float>, _ shape: Shape, desired: (Double) -> Double) {
    let sums = NormSlots(shape: shape, axes: axes)
    var factors = [Double](repeating: 0, count: sums.count)
    sums.forEach { factors[$1] += Double(weights[$0]) * Double(weights[$0]) }
    for index in factors.indices {
      let norm = factors[index].squareRoot()
      factors[index] = desired(norm) / (Self.epsilon + norm)
    }
    sums.forEach { weights[$0] = Float(Double(weights[$0]) * factors[$1]) }
  }
}

/// Which of a tensor's numbers belong to the same norm.
private struct NormSlots {
  private let sides: [Int]
  /// For each side, how far apart the norms of two neighbours are; 0 where they have the same one.
  private let strides: [Int]
  /// The number of norms.
  let count: Int

  init(shape: Shape, axes: [Int]) {
    sides = shape.sides
    let summed = Set(axes.map { $0 < 0 ? $0 + shape.sides.count : $0 })
    var count = 1
    var strides = sides.map { _ in 0 }
    for side in sides.indices.reversed() where !summed.contains(side) {
      strides[side] = count
      count *= sides[side]
    }
    self.strides = strides
    self.count = count
  }

  /// Calls with the place of each number and that of its norm.
  func forEach(_ body: (_ place: Int, _ norm: Int) -> Void) {
    let rows = sides.dropLast().reduce(1, *)
    guard let width = sides.last, let stride = strides.last else { return }
    for row in 0..<rows {
      var (rest, first) = (row, 0)
      for side in sides.indices.dropLast().reversed() {
        first += rest % sides[side] * strides[side]
        rest /= sides[side]
      }
      for column in 0..<width { body(row * width + column, first + column * stride) }
    }
  }
}
