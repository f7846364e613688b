import ConvoTensor

/// The function applied to a layer's linear part.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  case linear, relu, sigmoid, softmax, tanh
  case leakyReLU = "leaky_relu"
}

extension Activation {
  /// What computes it; `nil` where there is nothing to compute.
  ///
  /// - Parameter width: The number of channels, over which a softmax adds up.
  func function(width: Int) -> ActivationKernel.Function? {
    switch self {
    case .linear: nil
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .softmax: .softmax(width: width)
    case .tanh: .tanh
    case .leakyReLU: .leakyReLU
    }
  }
}
