#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ClassLabels {
  /// The probability of each class: with one output, of the two that it tells apart.
  func probabilities(of outputs: [Float]) -> [Double] {
    let values = outputs.map(Double.init)
    if self.outputs == 1 {
      guard areLogits else { return [1 - values[0], values[0]] }
      return [1 / (1 + exp(values[0])), 1 / (1 + exp(-values[0]))]
    }
    guard areLogits, let largest = values.max() else { return values }
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
