#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A point or direction in metres: x ahead of the figure, y up, z to its right hand.
typealias Vector = SIMD3<Double>

extension SIMD3<Double> {
  func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

  func cross(_ other: Self) -> Self {
    Self(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  var length: Double { dot(self).squareRoot() }

  var normalized: Self {
    let size = length
    return size > 1e-12 ? self / size : Self(0, 1, 0)
  }

  func mixed(with other: Self, _ share: Double) -> Self { self + (other - self) * share }
}

func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }

/// A rotation, as the images of the three axes.
struct Rotation: Sendable {
  var x: Vector
  var y: Vector
  var z: Vector

  static let identity = Rotation(x: Vector(1, 0, 0), y: Vector(0, 1, 0), z: Vector(0, 0, 1))

  /// Around the up axis; positive turns what points ahead towards the left hand.
  static func yaw(_ degrees: Double) -> Rotation {
    let (c, s) = (cos(radians(degrees)), sin(radians(degrees)))
    return Rotation(x: Vector(c, 0, -s), y: Vector(0, 1, 0), z: Vector(s, 0, c))
  }

  /// Around the sideways axis; positive lifts what points ahead.
  static func pitch(_ degrees: Double) -> Rotation {
    let (c, s) = (cos(radians(degrees)), sin(radians(degrees)))
    return Rotation(x: Vector(c, s, 0), y: Vector(-s, c, 0), z: Vector(0, 0, 1))
  }

  /// Around the axis that points ahead; positive leans what is up towards the right hand.
  static func roll(_ degrees: Double) -> Rotation {
    let (c, s) = (cos(radians(degrees)), sin(radians(degrees)))
    return Rotation(x: Vector(1, 0, 0), y: Vector(0, c, s), z: Vector(0, -s, c))
  }

  func callAsFunction(_ v: Vector) -> Vector { x * v.x + y * v.y + z * v.z }

  /// The rotation that undoes this one, applied.
  func inverse(_ v: Vector) -> Vector { Vector(x.dot(v), y.dot(v), z.dot(v)) }

  /// First `inner`, then this one.
  func after(_ inner: Rotation) -> Rotation {
    Rotation(x: self(inner.x), y: self(inner.y), z: self(inner.z))
  }
}
