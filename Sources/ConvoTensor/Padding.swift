/// What happens at the edges of a picture under a sliding window.
public enum Padding: String, Sendable, Hashable, Codable, CaseIterable {
  /// The window stays within the picture.
  case valid
  /// The picture is padded so that `output = ceil(input / stride)`; where the padding is odd, the bottom and the right
  /// get one more (TensorFlow's rule).
  case same
}
