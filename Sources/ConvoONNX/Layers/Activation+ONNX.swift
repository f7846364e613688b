import ConvoNetwork
import ConvoTensor

extension GraphBuilder {
  /// Adds a function that each value goes through, or, as a softmax, all channels of a place together.
  mutating func activate(_ activation: Activation) {
    switch activation {
    case .linear: break
    case .relu: add("Relu")
    case .sigmoid: add("Sigmoid")
    case .tanh: add("Tanh")
    case .softmax: add("Softmax", [.int("axis", channelAxis)])
    case .leakyReLU: add("LeakyRelu", [.float("alpha", ActivationKernel.negativeSlope)])
    }
  }
}

extension ActivationLayer: ONNXLayer {
  func write(to graph: inout GraphBuilder, weights: [String: LayerTensor]) {
    graph.activate(activation)
  }
}
