/// How a picture is resampled to another size; each gives the bytes of Pillow's filter of the same name.
///
/// All but `nearest` widen with the ratio when a picture shrinks, so that every old pixel counts.
public enum Interpolation: String, CaseIterable, Sendable {
  /// The pixel under the centre of each new pixel.
  case nearest
  /// A triangle: weights fall off in a straight line over one pixel.
  case bilinear
  /// Keys's cubic with a = -1/2, over two pixels. Sharper; beyond edges it overshoots a little.
  case bicubic
  /// A sinc under the wide arch of another, over three pixels. The sharpest, with the most overshoot.
  case lanczos
  /// The mean of the old pixels under a new one. Enlarging, it is `nearest`.
  case box
  /// A sinc under a Hamming window, over one pixel: as quick as `bilinear` and sharper.
  case hamming
}
