/// One change of a picture, with all of its numbers drawn: what Keras's `get_random_transform` returns, by its names.
public struct ImageTransform: Sendable, Hashable {
  /// Rotation in degrees; counter-clockwise on the screen where positive.
  public var theta = 0.0
  /// Pixels that the picture moves to the left. Drawn from `height_shift_range`: see ``AffineMap``.
  public var tx = 0.0
  /// Pixels that the picture moves up. Drawn from `width_shift_range`.
  public var ty = 0.0
  /// Shear in degrees.
  public var shear = 0.0
  /// Columns of the original that a column of the result stands for: above 1 shrinks what is seen.
  public var zx = 1.0
  /// Rows of the original that a row of the result stands for.
  public var zy = 1.0
  /// Whether left and right are exchanged.
  public var flipHorizontal = false
  /// Whether top and bottom are exchanged.
  public var flipVertical = false
  /// Added to every channel, within the smallest and the largest value of the picture; nil leaves it.
  public var channelShift: Double?
  /// Multiplies every byte but alpha; nil leaves it.
  public var brightness: Double?

  /// The transform that changes nothing.
  public init() {}

  /// Whether pixels move by anything but flips.
  var isAffine: Bool {
    theta != 0 || tx != 0 || ty != 0 || shear != 0 || zx != 1 || zy != 1
  }
}
