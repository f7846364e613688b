import CPixels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where in a picture each pixel of its transformed self comes from.
///
/// Keras multiplies the matrices of rotation, shift, shear and zoom for points (x, y), moves the origin to
/// (height/2 − ½, width/2 − ½), and exchanges x and y at the end. So `tx`, which it draws from `height_shift_range`,
/// moves sideways, and a picture that is not square is not turned about its middle. Both are kept as they are, so that
/// what is learned with Keras stays true: its pictures and these are the same.
struct AffineMap {
  /// `[[a, b], [c, d]]` and the offset, for (x, y), before the exchange.
  private var a = 1.0
  private var b = 0.0
  private var c = 0.0
  private var d = 1.0
  private var x = 0.0
  private var y = 0.0

  init(_ transform: ImageTransform, height: Int, width: Int) {
    if transform.theta != 0 {
      let angle = transform.theta * (.pi / 180)
      (a, b, c, d) = (cos(angle), -sin(angle), sin(angle), cos(angle))
    }
    if transform.tx != 0 || transform.ty != 0 {
      (x, y) = (a * transform.tx + b * transform.ty, c * transform.tx + d * transform.ty)
    }
    if transform.shear != 0 {
      let angle = transform.shear * (.pi / 180)
      (b, d) = (a * -sin(angle) + b * cos(angle), c * -sin(angle) + d * cos(angle))
    }
    (a, b, c, d) = (a * transform.zx, b * transform.zy, c * transform.zx, d * transform.zy)

    let (originX, originY) = (Double(height) / 2 - 0.5, Double(width) / 2 - 0.5)
    x = (x + originX) - (a * originX + b * originY)
    y = (y + originY) - (c * originX + d * originY)
  }

  var kernelValue: convo_map {
    convo_map(row: y, row_i: d, row_j: c, column: x, column_i: b, column_j: a)
  }
}
