public import ConvoSchema
public import ConvoTensor

/// The largest value of each window, channel by channel.
///
///     y[i, j, c] = max x[i·s + u - p, j·s + v - p, c]      over u, v
///
/// with s the stride and p the padding before the first pixel. Padding is never the largest.
///
///     input    [height, width, channels]
///     output   [output height, output width, channels]     see `Window`
public struct MaxPooling2D: LayerSpec {
  /// `[height, width]` of the window.
  public var poolSize: [Int]
  /// `[height, width]` of the step from window to window; `nil` for the window's own size.
  public var strides: [Int]?
  public var padding: Padding

  /// Keras's defaults for what is not given.
  public init(poolSize: [Int] = [2, 2], strides: [Int]? = nil, padding: Padding = .valid) {
    self.poolSize = poolSize
    self.strides = strides
    self.padding = padding
  }

  typealias CodingKeys = WindowPoolingKeys
}

extension MaxPooling2D {
  /// Keras's class name.
  public static let kerasName = "MaxPooling2D"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "maxpooling2d", aliases: ["MaxPooling2D", "MaxPool2D"],
    summary: "Keeps the largest value of each window and so makes the picture smaller",
    details: """
      A 2x2 window that moves by its own size halves the height and the width and keeps the channels: 298x298x16 becomes \
      149x149x16. An odd last row or column is left out, unless padding=same.

      What is kept says that a pattern was found, and no more than roughly where. The layer has no parameters.
      """,
    parameters: parameters(poolSize: .defaults(to: .size([2, 2]))),
    examples: [
      Example(
        "add maxpooling2d 2x2", "Half the height and the width",
        after: ["new model input=300x300x3", "add conv2d 16 3x3 activation=relu"]),
      Example(
        "add maxpooling2d 3x3 strides=2x2 padding=same", "Windows that overlap", after: ["new model input=32x32x3"]),
    ],
    keras: "layers.MaxPooling2D((2, 2))")
}

extension MaxPooling2D: WindowPooling {
  static let function = PoolingKernel.Function.largest
}
