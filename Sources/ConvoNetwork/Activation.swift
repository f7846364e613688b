/// The function applied to a layer's linear part.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  case linear, relu, sigmoid, softmax
}
