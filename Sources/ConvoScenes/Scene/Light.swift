/// The light of one picture, in the camera's space: x right, y up, z towards the viewer.
struct Light: Sendable {
  /// Towards the sun or lamp; length 1.
  var direction: Vector
  var color: RGB
  var strength: Double
  /// What comes from above and from below when no sun does.
  var sky: RGB
  var ground: RGB
  var ambient: Double
  /// 0 no cast shadow (overcast) … 1 hard sun.
  var shadow: Double

  /// How far a distant thing fades into `haze`, 0...1.
  var haze: RGB
  var hazeStrength: Double
}
