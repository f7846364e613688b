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

  /// The rule that `padding` names.
  func padding() throws(ArgumentError) -> Padding {
    let name = try text("padding")
    guard let padding = Padding(rawValue: name) else {
      throw ArgumentError(parameter: "padding", problem: "there is no padding \(name)", help: "valid or same")
    }
    return padding
  }
}
