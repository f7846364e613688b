/// Where and how large a model stands in the picture, and from which side it is seen (parallel projection).
struct Placement: Sendable {
  /// The pixel on which the model's origin falls.
  var x: Double
  var y: Double
  /// Pixels a metre.
  var scale: Double
  var rotation: Rotation
  /// How far the camera looks down, degrees; above 0, or the ground would be a line.
  var tilt: Double

  init(x: Double, y: Double, scale: Double, facing: Double, tilt: Double, roll: Double = 0) {
    self.x = x
    self.y = y
    self.scale = scale
    self.tilt = tilt
    // Pitching around the view's sideways axis, which is the model's x axis at facing 0.
    let look = Rotation.roll(tilt)
    rotation = look.after(.yaw(facing)).after(.pitch(roll))
  }

  /// From metres to pixels with depth.
  func project(_ point: Vector) -> Vector {
    let v = rotation(point)
    return Vector(x + v.x * scale, y - v.y * scale, v.z * scale)
  }

  func direction(_ vector: Vector) -> Vector {
    let v = rotation(vector)
    return Vector(v.x, -v.y, v.z)
  }
}
