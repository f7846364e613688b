/// How a picture is resampled to another size; each matches Pillow's filter of the same name.
public enum Interpolation: String, CaseIterable, Sendable {
  /// The pixel under the centre of each new pixel.
  case nearest
  /// A triangle filter. It widens with the ratio when a picture shrinks, so it averages what it leaves out.
  case bilinear
}
