#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// What the outputs of a model give each class.
public enum Probabilities {
  /// - Parameter outputs: Of one image; a single one is of class 1.
  public static func of(_ outputs: some Collection<Float>, areLogits: Bool) -> [Double] {
    var values = outputs.map(Double.init)
    if values.count == 1 { values.insert(0, at: 0) }
    guard areLogits else { return outputs.count == 1 ? [1 - values[1], values[1]] : values }
    // softmax, of which the sigmoid of z is that of 0 and z; without the largest, nothing overflows.
    let largest = values.max() ?? 0
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
