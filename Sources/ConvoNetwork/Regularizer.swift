/// A penalty on large weights that is added to the loss, by Keras's names.
///
///     l1    λ · Σ |w|       slope  λ · sign w
///     l2    λ · Σ w²        slope  2 λ · w
public struct Regularizer: Sendable, Hashable, Codable {
  /// Which norm.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case l1, l2
  }

  public var kind: Kind
  /// λ, from 0 on.
  public var strength: Double

  /// Keras's strength where none is given.
  public init(_ kind: Kind, strength: Double = 0.01) {
    self.kind = kind
    self.strength = strength
  }

  /// A regularizer as it is written: `l2`, or `l2(0.001)` with its strength; `nil` where it is neither.
  public init?(_ text: String) {
    let name = text.prefix { $0 != "(" }
    guard let kind = Kind(rawValue: String(name)) else { return nil }
    let rest = text.dropFirst(name.count)
    if rest.isEmpty {
      self.init(kind)
    } else {
      guard rest.hasSuffix(")"), let strength = Double(rest.dropFirst().dropLast()), strength.isFinite, strength >= 0
      else { return nil }
      self.init(kind, strength: strength)
    }
  }
}
