import ConvoNetwork
import ConvoTensor

extension Conv2D: ONNXLayer {
  /// `Conv`, whose kernel has the filters first: `[filters, channels / groups, height, width]`.
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) throws(ONNXError) {
    guard let kernel = weights["kernel"] else { throw ONNXError("a convolution has no kernel") }
    let window = Window(kernel: kernelSize, stride: strides, padding: padding, dilation: dilationRate)
    let (attributes, height, width) = try window.onnx(on: graph.shape, dilates: true)
    graph.bring(to: .channelsFirst)
    var inputs = [graph.constant("kernel", kernel.transposed([3, 2, 0, 1]))]
    if let bias = weights["bias"] { inputs.append(graph.constant("bias", bias)) }
    graph.add("Conv", inputs: inputs, attributes + [.int("group", groups)], output: [height, width, filters])
    graph.activate(activation)
  }
}
