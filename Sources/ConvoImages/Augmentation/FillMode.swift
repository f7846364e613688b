import CPixels

/// What lies beyond a picture's edge when a transform looks there, by the names that Keras and scipy give it.
public enum FillMode: String, CaseIterable, Sendable {
  /// One value everywhere: `kkkk|abcd|kkkk`.
  case constant
  /// The pixel of the edge goes on: `aaaa|abcd|dddd`.
  case nearest
  /// The mirror image, edge pixels twice: `abcddcba|abcd|dcbaabcd`.
  case reflect
  /// The picture again, its last pixel in the place of the first: `bcdabcd|abcd|bcdabcd` would repeat four pixels every
  /// three. So does scipy's `wrap`.
  case wrap

  var kernelValue: convo_fill {
    switch self {
    case .constant: convo_constant
    case .nearest: convo_nearest
    case .reflect: convo_reflect
    case .wrap: convo_wrap
    }
  }
}

/// What lies beyond a picture's edge.
public struct Surroundings: Sendable, Hashable {
  /// By which rule.
  public var fillMode: FillMode
  /// The value that ``FillMode/constant`` fills with, for every channel alike.
  public var value: Double

  /// Keras's default: the edge goes on.
  public init(_ fillMode: FillMode = .nearest, value: Double = 0) {
    self.fillMode = fillMode
    self.value = value
  }
}
