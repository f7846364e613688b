import ConvoNetwork
import ConvoTensor

extension Dense: ONNXLayer {
  /// A matrix product over the last side, and the bias.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    guard let kernel = weights["kernel"] else { throw ONNXError("a dense layer has no kernel") }
    graph.bring(to: .channelsLast)
    let output = Shape(graph.shape.sides.dropLast() + [units])
    graph.add("MatMul", inputs: [graph.constant("kernel", kernel)], output: output)
    if let bias = weights["bias"] { graph.add("Add", inputs: [graph.constant("bias", bias)]) }
    graph.activate(activation)
  }
}

extension Flatten: ONNXLayer {
  /// In convo's order, so that the weights behind it hold.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    graph.bring(to: .channelsLast)
    guard let count = graph.shape.count else { throw ONNXError("\(graph.shape) is too large") }
    graph.add("Flatten", [.int("axis", 1)], output: [count])
  }
}

extension Dropout: ONNXLayer {
  /// Nothing: it leaves values out in training alone.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) {}
}
