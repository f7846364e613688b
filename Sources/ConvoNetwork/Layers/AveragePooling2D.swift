public import ConvoSchema
public import ConvoTensor

/// The mean of each window, channel by channel.
///
///     y[i, j, c] = mean x[i·s + u - p, j·s + v - p, c]      over those u, v that lie within the picture
///
/// with s the stride and p the padding before the first pixel.
///
///     input    [height, width, channels]
///     output   [output height, output width, channels]     see `Window`
public struct AveragePooling2D: LayerSpec {
  /// `[height, width]` of the window.
  public var poolSize: [Int]
  /// `[height, width]` of the step from window to window; `nil` for the window's own size.
  public var strides: [Int]?
  public var padding: Padding

  /// Keras's defaults for what is not given.
  public init(poolSize: [Int], strides: [Int]? = nil, padding: Padding = .valid) {
    self.poolSize = poolSize
    self.strides = strides
    self.padding = padding
  }

  typealias CodingKeys = WindowPoolingKeys
}

extension AveragePooling2D {
  /// Keras's class name.
  public static let kerasName = "AveragePooling2D"

  /// Keras's names, order and defaults.
  public static let schema = Schema(
    "averagepooling2d", aliases: ["AveragePooling2D", "AvgPool2D"],
    summary: "Keeps the mean of each window and so makes the picture smaller",
    details: """
      A 2x2 window that moves by its own size halves the height and the width and keeps the channels. Where \
      maxpooling2d keeps the strongest sign of a pattern, the mean also counts how much of the window shows it: compare \
      the two.

      With padding=same, what lies outside of the picture does not count. The layer has no parameters.
      """,
    parameters: parameters(poolSize: .required),
    examples: [
      Example(
        "add averagepooling2d 2x2", "Half the height and the width",
        after: ["new model input=300x300x3", "add conv2d 16 3x3 activation=relu"])
    ],
    keras: "layers.AveragePooling2D((2, 2))")
}

extension AveragePooling2D: WindowPooling {
  static let function = PoolingKernel.Function.mean
}
