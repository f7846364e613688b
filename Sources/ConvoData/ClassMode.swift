/// What a batch's labels look like, by the names that Keras gives them.
public enum ClassMode: String, CaseIterable, Sendable {
  /// 0 or 1, shape `[batch, 1]`; exactly two classes.
  case binary
  /// One-hot rows, shape `[batch, classes]`.
  case categorical
  /// The class's index, shape `[batch, 1]`.
  case sparse
  /// The picture itself, as the network sees it (autoencoders), shape `[batch, height, width, channels]`.
  case input
  /// No labels.
  case none

  /// Numbers in a label.
  ///
  /// - Parameter imageSize: numbers in a picture.
  public func labelWidth(classes: Int, imageSize: Int) -> Int {
    switch self {
    case .binary, .sparse: 1
    case .categorical: classes
    case .input: imageSize
    case .none: 0
    }
  }
}
