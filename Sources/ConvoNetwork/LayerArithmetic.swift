import ConvoTensor

/// How a layer's output and its parameters follow from its input, with numbers in place of letters.
public struct LayerArithmetic: Sendable, Hashable {
  /// `298 = (300 - 3) / 1 + 1`
  public struct Equation: Sendable, Hashable {
    /// What is computed, in the plural where it is counted: height, width, channels, units, values, parameters.
    public var name: String
    public var value: Int
    /// With + - × / ( ) floor and ceil.
    public var computation: String

    /// An equation that holds.
    public init(_ name: String, _ value: Int, _ computation: String) {
      self.name = name
      self.value = value
      self.computation = computation
    }
  }

  /// Of the output's sides, outermost first; none where the output has the input's shape.
  public var sides: [Equation]
  /// `nil` where the layer has no parameters.
  public var parameters: Equation?
  /// Of these, those that training does not change; `nil` where it changes all.
  public var untrained: Equation?
  /// What the layer does to the shape, and what its parameters are, in a sentence or two.
  public var explanation: String

  /// The equations of a layer on some input.
  public init(
    sides: [Equation] = [], parameters: Equation? = nil, untrained: Equation? = nil, explanation: String
  ) {
    self.sides = sides
    self.parameters = parameters
    self.untrained = untrained
    self.explanation = explanation
  }
}

extension Window {
  /// The equations of the height and the width for a picture, also where the window does not fit: the value is then below
  /// 1. None where the input is no picture.
  func equations(on input: Shape) -> [LayerArithmetic.Equation] {
    guard input.sides.count == 3, kernel.count == 2, stride.count == 2, dilation.count == 2 else { return [] }
    return zip(["height", "width"], 0...1).map { name, axis in equation(name, axis, input: input.sides[axis]) }
  }

  private func equation(_ name: String, _ axis: Int, input: Int) -> LayerArithmetic.Equation {
    let (kernel, stride, dilation) = (kernel[axis], stride[axis], dilation[axis])
    switch padding {
    case .same: return .init(name, (input - 1) / stride + 1, Self.quotient(input, by: stride, .up))
    case .valid:
      let gaps = (kernel - 1).multipliedReportingOverflow(by: dilation)
      let reach = gaps.overflow || gaps.partialValue == .max ? Int.max : gaps.partialValue + 1
      let room = input - reach
      // Division rounds towards 0, and this is to be rounded down.
      let steps = room / stride - (room % stride < 0 ? 1 : 0)
      if kernel == stride && dilation == 1 {
        return .init(name, steps + 1, Self.quotient(input, by: stride, .down))
      }
      let written = dilation == 1 || kernel == 1 ? "\(kernel)" : "((\(kernel) - 1) × \(dilation) + 1)"
      let difference = "(\(input) - \(written)) / \(stride)"
      return .init(name, steps + 1, (room % stride == 0 ? difference : "floor(\(difference))") + " + 1")
    }
  }

  private static func quotient(_ input: Int, by divisor: Int, _ rule: FloatingPointRoundingRule) -> String {
    if input % divisor == 0 { return "\(input) / \(divisor)" }
    return (rule == .up ? "ceil" : "floor") + "(\(input) / \(divisor))"
  }
}

extension Shape {
  /// `7 × 7 × 64`
  var product: String { sides.map(String.init).joined(separator: " × ") }
}

extension LayerArithmetic {
  /// Of the layers that leave one number of each channel.
  static func ofWholePicture(_ input: Shape, keepDims: Bool) -> LayerArithmetic {
    let channels = input.sides.last ?? 1
    return LayerArithmetic(
      sides: (keepDims ? [.init("height", 1, "1"), .init("width", 1, "1")] : [])
        + [.init("channels", channels, "\(channels)")],
      explanation: "one number is left of each channel, whatever the height and width, so there is nothing to learn")
  }
}

extension Window {
  /// How many places the window has, in words.
  var placesInWords: String {
    switch padding {
    case .valid where kernel == stride && dilation == [1, 1]:
      "it moves by its own size, so along each side there are side / window of them, rounded down"
    case .valid: "along each side it has (side - window) / stride + 1 places, rounded down"
    case .same: "with padding=same it has side / stride places along each side, rounded up"
    }
  }
}
