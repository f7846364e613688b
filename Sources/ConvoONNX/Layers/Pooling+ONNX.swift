import ConvoNetwork
import ConvoTensor

extension MaxPooling2D: ONNXLayer {
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    try graph.pool("MaxPool", Window(kernel: poolSize, stride: strides ?? poolSize, padding: padding))
  }
}

extension AveragePooling2D: ONNXLayer {
  /// Padding does not count, in ONNX as in Keras.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    try graph.pool("AveragePool", Window(kernel: poolSize, stride: strides ?? poolSize, padding: padding))
  }
}

extension GlobalMaxPooling2D: ONNXLayer {
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) {
    graph.poolAll("GlobalMaxPool", keepsSides: keepDims)
  }
}

extension GlobalAveragePooling2D: ONNXLayer {
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) {
    graph.poolAll("GlobalAveragePool", keepsSides: keepDims)
  }
}

extension GraphBuilder {
  fileprivate mutating func pool(_ type: String, _ window: Window) throws(ONNXError) {
    let (attributes, height, width) = try window.onnx(on: shape, dilates: false)
    bring(to: .channelsFirst)
    add(type, attributes, output: [height, width, channels])
  }

  fileprivate mutating func poolAll(_ type: String, keepsSides: Bool) {
    bring(to: .channelsFirst)
    add(type, output: [1, 1, channels])
    if !keepsSides { add("Flatten", [.int("axis", 1)], output: [channels]) }
  }
}
