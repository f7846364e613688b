import ConvoNetwork
import ConvoTensor

extension BatchNormalization: ONNXLayer {
  /// With the moving statistics. What the layer does not have is 1 or 0.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    guard let mean = weights["moving_mean"], let variance = weights["moving_variance"] else {
      throw ONNXError("a batch normalization has no moving statistics")
    }
    func constant(_ number: Float) -> LayerTensor {
      LayerTensor(sides: mean.sides, values: mean.values.map { _ in number })
    }
    graph.bring(to: .channelsFirst)
    let inputs = [
      graph.constant("gamma", weights["gamma"] ?? constant(1)),
      graph.constant("beta", weights["beta"] ?? constant(0)),
      graph.constant("moving_mean", mean),
      graph.constant("moving_variance", variance),
    ]
    graph.add("BatchNormalization", inputs: inputs, [.float("epsilon", Float(epsilon))])
  }
}

extension Rescaling: ONNXLayer {
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) {
    graph.add("Mul", inputs: [graph.constant("scale", of: scale)])
    graph.add("Add", inputs: [graph.constant("offset", of: offset)])
  }
}

extension GraphBuilder {
  /// One number for all channels, or one for each.
  fileprivate mutating func constant(_ name: String, of numbers: PerChannel) -> String {
    let values = numbers.numbers.map { Float($0) }
    return constant(name, LayerTensor(sides: values.count == 1 ? [] : channelSides, values: values))
  }
}
