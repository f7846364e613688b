import ConvoSchema
import ConvoTensor

/// What several layers have in common: parameters, and how they are read.
enum LayerArguments {
  /// More would be refused for the model's size; said here, the message names the parameter.
  static let count = 1...Model.largestParameterCount

  static let padding = Parameter(
    "padding", .choice(Padding.allCases.map(\.rawValue)), .named, .defaults(to: .text(Padding.valid.rawValue)),
    help: "valid: the window stays within the picture; same: the picture is padded at its edges")

  static let activation = Parameter(
    "activation", .choice(Activation.allCases.map(\.rawValue)), .named,
    .defaults(to: .text(Activation.linear.rawValue)),
    help: "The function applied to the result")

  static let useBias = Parameter(
    "use_bias", .boolean, .named, .defaults(to: .boolean(true)), help: "Whether a number of its own is added")

  static let kernelInitializer = initializer(
    "kernel_initializer", .glorotUniform, help: "What the weights are drawn from before training")

  static let biasInitializer = initializer(
    "bias_initializer", .zeros, help: "What the biases are drawn from before training")

  static let kernelRegularizer = regularizer("kernel_regularizer", of: "weights")
  static let biasRegularizer = regularizer("bias_regularizer", of: "biases")

  static let activityRegularizer = regularizer("activity_regularizer", of: "outputs")

  static func regularizer(_ name: String, of numbers: String) -> Parameter {
    Parameter(
      name, .optional(.text), .named, .defaults(to: .none),
      help: "A penalty on large \(numbers), added to the loss: l1, l2, l1_l2, or with its strength \"l2(0.001)\"")
  }

  static let kernelConstraint = constraint("kernel_constraint", of: "the weights")
  static let biasConstraint = constraint("bias_constraint", of: "the biases")

  static func constraint(_ name: String, of weights: String) -> Parameter {
    Parameter(
      name, .optional(.text), .named, .defaults(to: .none),
      help: """
        What \(weights) keep to after each step: non_neg, \"max_norm(2)\", unit_norm, \
        \"min_max_norm(0, 1, axis=[0, 1, 2])\"
        """)
  }

  static func initializer(_ name: String, _ initial: Initializer, help: String) -> Parameter {
    Parameter(
      name, .choice(Initializer.allCases.map(\.rawValue)), .named, .defaults(to: .text(initial.rawValue)), help: help)
  }

  static let keepDims = Parameter(
    "keepdims", .boolean, .named, .defaults(to: .boolean(false)),
    help: "Whether a picture of 1x1 pixel comes out rather than a row of numbers")

  static let dataFormat = Parameter(
    "data_format", .choice(["channels_last", "channels_first"]), .named, .defaults(to: .text("channels_last")),
    help: "The order of a picture's sides; convo has channels_last alone: height, width, channels")
}

extension Arguments {
  /// A whole number of at least 1.
  func count(_ parameter: String) throws(ArgumentError) -> Int {
    let count = try integer(parameter)
    guard LayerArguments.count.contains(count) else {
      throw ArgumentError(
        parameter: parameter, problem: "\(parameter) must be at least 1 and at most \(LayerArguments.count.upperBound)")
    }
    return count
  }

  /// Height and width; one number stands for both.
  func sides(_ parameter: String) throws(ArgumentError) -> [Int] {
    guard let sides = try sidesIfGiven(parameter) else { throw ArgumentError(missing: parameter) }
    return sides
  }

  /// As `sides`; `nil` for `none`.
  func sidesIfGiven(_ parameter: String) throws(ArgumentError) -> [Int]? {
    let sides: [Int]?
    if case .integer(let side) = value(parameter) {
      sides = [side, side]
    } else {
      sides = try sizeIfGiven(parameter)
    }
    guard let sides else { return nil }
    guard sides.count == 2, sides.allSatisfy({ $0 >= 1 }) else {
      throw ArgumentError(
        parameter: parameter, problem: "\(parameter) must be a height and a width of at least 1, like 3x3")
    }
    return sides
  }

  /// The function that `activation` names.
  func activation() throws(ArgumentError) -> Activation {
    let name = try text("activation")
    guard let activation = Activation(rawValue: name) else {
      let names = Activation.allCases.map(\.rawValue).joined(separator: ", ")
      throw ArgumentError(parameter: "activation", problem: "there is no activation \(name)", help: "one of \(names)")
    }
    return activation
  }

  /// The penalty that a parameter names; `nil` for `none`.
  func regularizer(_ parameter: String) throws(ArgumentError) -> Regularizer? {
    guard let text = try textIfGiven(parameter) else { return nil }
    return try Regularizer(text, for: parameter)
  }

  /// The constraint that a parameter names; `nil` for `none`.
  func constraint(_ parameter: String) throws(ArgumentError) -> WeightConstraint? {
    guard let text = try textIfGiven(parameter) else { return nil }
    return try WeightConstraint(text, for: parameter)
  }

  /// The distribution that a parameter names.
  func initializer(_ parameter: String) throws(ArgumentError) -> Initializer {
    let name = try text(parameter)
    guard let initializer = Initializer(rawValue: name) else {
      let names = Initializer.allCases.map(\.rawValue).joined(separator: ", ")
      throw ArgumentError(parameter: parameter, problem: "there is no initializer \(name)", help: "one of \(names)")
    }
    return initializer
  }

  /// Throws where `data_format` is another than the one that convo has.
  func checkDataFormat() throws(ArgumentError) {
    let format = try text("data_format")
    guard format != "channels_last" else { return }
    throw ArgumentError(
      parameter: "data_format",
      problem: """
        data_format=\(format) is not possible: pictures are loaded as height x width x channels, and every layer works \
        on that order
        """,
      help: "leave data_format out, and give the model its input as height x width x channels, like 300x300x3")
  }

  /// A number, or a list of numbers of which there is one for each channel.
  func perChannel(_ parameter: String) throws(ArgumentError) -> PerChannel {
    switch value(parameter) {
    case nil: throw ArgumentError(missing: parameter)
    case .integer(let number): return PerChannel(Double(number))
    case .number(let number): return PerChannel(try number.asFloat(of: parameter))
    case .list(let items):
      var numbers: [Double] = []
      for item in items {
        switch item {
        case .integer(let number): numbers.append(Double(number))
        case .number(let number): numbers.append(try number.asFloat(of: parameter))
        case .boolean, .none, .text, .size, .list: throw ArgumentError(parameter, "a list of numbers", found: item)
        }
      }
      guard !numbers.isEmpty else {
        throw ArgumentError(parameter: parameter, problem: "\(parameter) must have at least one number")
      }
      return PerChannel(numbers)
    case .some(let other): throw ArgumentError(parameter, "a number or a list of numbers", found: other)
    }
  }

  /// The rule that `padding` names.
  func padding() throws(ArgumentError) -> Padding {
    let name = try text("padding")
    guard let padding = Padding(rawValue: name) else {
      throw ArgumentError(parameter: "padding", problem: "there is no padding \(name)", help: "valid or same")
    }
    return padding
  }
}
