import ConvoTensor

/// How a weight's first values are drawn, by Keras's names and with Keras's defaults.
///
///     glorot   variance 2 / (fan in + fan out)     (Glorot and Bengio, 2010)
///     he       variance 2 / fan in                 (He et al., 2015)
///     lecun    variance 1 / fan in                 (LeCun et al., 1998)
///
/// The uniform ones lie within ±√(3 · variance); the normal ones are cut off at two standard deviations of the normal
/// distribution that they are cut from, which is made wider so that the variance is as given.
public enum Initializer: String, Sendable, Hashable, Codable, CaseIterable {
  case zeros, ones
  case glorotUniform = "glorot_uniform"
  case glorotNormal = "glorot_normal"
  case heUniform = "he_uniform"
  case heNormal = "he_normal"
  case lecunUniform = "lecun_uniform"
  case lecunNormal = "lecun_normal"
  /// Normal, standard deviation 0.05.
  case randomNormal = "random_normal"
  /// From -0.05 to 0.05.
  case randomUniform = "random_uniform"
  /// Normal, standard deviation 0.05, cut off at twice that, and so narrower.
  case truncatedNormal = "truncated_normal"
}

/// What values are drawn from; the mean is 0 unless it is said.
enum Distribution: Hashable {
  case constant(Float)
  /// From -limit up to, but without, limit.
  case uniform(limit: Double)
  /// Cut off at `cutOff` standard deviations; `nil` for not at all.
  case normal(deviation: Double, cutOff: Double?)
}

extension Initializer {
  /// What the values of a weight of this shape, in Keras's layout, are drawn from.
  func distribution(for shape: Shape) -> Distribution {
    let (fanIn, fanOut) = Self.fans(of: shape)
    let fans = max(1, (fanIn + fanOut) / 2)
    return switch self {
    case .zeros: .constant(0)
    case .ones: .constant(1)
    case .glorotUniform: Self.uniform(variance: 1 / fans)
    case .glorotNormal: Self.truncated(variance: 1 / fans)
    case .heUniform: Self.uniform(variance: 2 / max(1, fanIn))
    case .heNormal: Self.truncated(variance: 2 / max(1, fanIn))
    case .lecunUniform: Self.uniform(variance: 1 / max(1, fanIn))
    case .lecunNormal: Self.truncated(variance: 1 / max(1, fanIn))
    case .randomNormal: .normal(deviation: 0.05, cutOff: nil)
    case .randomUniform: .uniform(limit: 0.05)
    case .truncatedNormal: .normal(deviation: 0.05, cutOff: 2)
    }
  }

  private static func uniform(variance: Double) -> Distribution {
    .uniform(limit: (3 * variance).squareRoot())
  }

  private static func truncated(variance: Double) -> Distribution {
    // The standard deviation of a normal distribution of 1 that is cut off at 2.
    .normal(deviation: variance.squareRoot() / 0.879_625_661_034_239_78, cutOff: 2)
  }

  /// How many inputs a value of the layer's output has, and how many outputs an input goes to: Keras's `compute_fans`.
  private static func fans(of shape: Shape) -> (in: Double, out: Double) {
    let sides = shape.sides.map(Double.init)
    guard sides.count > 1 else { return (sides.first ?? 1, sides.first ?? 1) }
    let area = sides.dropLast(2).reduce(1, *)
    return (sides[sides.count - 2] * area, sides[sides.count - 1] * area)
  }
}
