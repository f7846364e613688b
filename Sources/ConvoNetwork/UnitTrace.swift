import ConvoTensor

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// One output of a convolution or of a dense layer, product by product:
///
///     output = activation(bias + Σ value · weight)
public struct UnitTrace: Sendable, Hashable {
  /// A value that the unit looks at, and what it multiplies it by.
  public struct Product: Sendable, Hashable {
    /// Where the value is in the layer's input; outside of the picture it is the 0 of the padding.
    public var row, column, channel: Int
    public var isPadding: Bool
    public var value, weight: Float

    public var product: Double { Double(value) * Double(weight) }
  }

  /// In the order of the kernel: rows, columns, channels.
  public var products: [Product]
  /// 0 where the layer has no bias.
  public var bias: Double
  /// After the activation.
  public var output: Double

  public var sum: Double { products.reduce(0) { $0 + $1.product } }
}

extension Model.Layer {
  /// Whether the layer's outputs are sums of products that can be traced.
  public var isTraceable: Bool { spec is Conv2D || spec is Dense }

  /// How many filters or units the layer has.
  public var units: Int { output.sides.last ?? 0 }

  /// The arithmetic of one of the layer's outputs.
  ///
  /// - Parameters:
  ///   - unit: The filter or the unit, from 0.
  ///   - row: In the output, from 0, as the column; 0 for a dense layer on a row of values.
  ///   - input: The values that the layer gets, in the input's shape.
  ///   - weights: The layer's own, in Keras's order and layouts.
  /// - Returns: `nil` where the layer has no such output, or is of another kind.
  public func trace(unit: Int, row: Int, column: Int, input: [Float], weights: [Float]) -> UnitTrace? {
    guard (0..<units).contains(unit), input.count == self.input.count, weights.count == parameterCount,
      let traced = linear(unit, row, column, input, weights)
    else { return nil }
    let function = spec.activation
    // A softmax looks at all units of the place.
    let sums =
      function == .softmax
      ? (0..<units).map { linear($0, row, column, input, weights).map { $0.sum + $0.bias } ?? 0 }
      : [traced.sum + traced.bias]
    var result = traced
    result.output = function.value(of: sums, at: function == .softmax ? unit : 0)
    return result
  }

  /// Without the activation.
  private func linear(
    _ unit: Int, _ row: Int, _ column: Int, _ input: [Float], _ weights: [Float]
  ) -> UnitTrace? {
    switch spec {
    case let layer as Conv2D: layer.linear(unit, row, column, input, weights, self.input)
    case let layer as Dense: layer.linear(unit, row, column, input, weights, self.input)
    default: nil
    }
  }
}

extension Conv2D {
  fileprivate func linear(
    _ filter: Int, _ row: Int, _ column: Int, _ input: [Float], _ weights: [Float], _ shape: Shape
  ) -> UnitTrace? {
    let (height, width, channels) = (shape.sides[0], shape.sides[1], shape.sides[2])
    guard let start = window.start(ofRow: row, column: column, height: height, width: width) else { return nil }
    let seen = channels / groups
    let first = filter / (filters / groups) * seen
    var products: [UnitTrace.Product] = []
    for u in 0..<kernelSize[0] {
      for v in 0..<kernelSize[1] {
        let (y, x) = (start.row + u * dilationRate[0], start.column + v * dilationRate[1])
        let isPadding = !(0..<height).contains(y) || !(0..<width).contains(x)
        for c in 0..<seen {
          let weight = weights[((u * kernelSize[1] + v) * seen + c) * filters + filter]
          let value = isPadding ? 0 : input[(y * width + x) * channels + first + c]
          products.append(
            .init(row: y, column: x, channel: first + c, isPadding: isPadding, value: value, weight: weight))
        }
      }
    }
    let bias = useBias ? Double(weights[weights.count - filters + filter]) : 0
    return UnitTrace(products: products, bias: bias, output: 0)
  }
}

extension Dense {
  fileprivate func linear(
    _ unit: Int, _ row: Int, _ column: Int, _ input: [Float], _ weights: [Float], _ shape: Shape
  ) -> UnitTrace? {
    guard let inputs = shape.sides.last, shape.sides.count == 1 || shape.sides.count == 3 else { return nil }
    let (height, width) = shape.sides.count == 3 ? (shape.sides[0], shape.sides[1]) : (1, 1)
    guard (0..<height).contains(row), (0..<width).contains(column) else { return nil }
    let products = (0..<inputs).map { index in
      UnitTrace.Product(
        row: row, column: column, channel: index, isPadding: false,
        value: input[(row * width + column) * inputs + index], weight: weights[index * units + unit])
    }
    return UnitTrace(
      products: products, bias: useBias ? Double(weights[weights.count - units + unit]) : 0, output: 0)
  }
}

extension Activation {
  /// The function of one of some numbers; only a softmax looks at the others.
  fileprivate func value(of sums: [Double], at index: Int) -> Double {
    let sum = sums[index]
    switch self {
    case .linear: return sum
    case .relu: return max(sum, 0)
    case .leakyReLU: return sum > 0 ? sum : sum * Double(ActivationKernel.negativeSlope)
    case .sigmoid: return 1 / (1 + exp(-sum))
    case .tanh: return 2 / (1 + exp(-2 * sum)) - 1
    case .softmax:
      let largest = sums.max() ?? 0
      return exp(sum - largest) / sums.reduce(0) { $0 + exp($1 - largest) }
    }
  }
}
