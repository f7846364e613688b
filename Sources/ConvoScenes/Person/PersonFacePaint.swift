extension PersonFace {
  /// The colour of the skin at a place on the head; x ahead, y up, z to the right, in metres.
  func paint(_ skin: SIMD3<Float>, _ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> {
    guard x > 0 else { return skin }
    let s = Float(size)
    let (u, v) = (abs(z) / s, y / s)
    var color = skin
    let flush = max(0, 1 - ((u - 0.55) * (u - 0.55) + (v + 0.35) * (v + 0.35)) * 7)
    color += SIMD3(0.07, -0.02, -0.02) * flush
    if stubble > 0, v < -0.35 {
      let share = Float(stubble) * min(1, (-0.35 - v) * 4) * (u < 0.34 && v > -0.78 && v < -0.62 ? 0.3 : 1)
      color = Self.mix(color, Self.vector(brow), share * 0.8)
    }
    let eye = ((u - 0.40) * (u - 0.40)) / 0.036 + (v * v) / 0.0125
    if eye < 1.5 { color = Self.mix(color, color * 0.55, 0.6) }
    if eye < 1 {
      color = SIMD3(0.93, 0.91, 0.89)
      let pupil = (u - 0.40) * (u - 0.40) + v * v
      if pupil < 0.013 { color = Self.vector(iris) }
      if pupil < 0.004 { color = SIMD3(0.05, 0.04, 0.04) }
      if v > 0.075 { color *= 0.35 }
    }
    let arch = 0.27 - (u - 0.42) * (u - 0.42) * 0.9
    if u > 0.17, u < 0.68, abs(v - arch) < 0.048 { color = Self.vector(brow) }
    let lipLine = -0.64 + Float(smile) * u * u
    if u < 0.32, abs(v - lipLine) < 0.085 * (1 - u * 2) + 0.02 { color = Self.vector(lips) }
    if u < 0.33, abs(v - lipLine) < 0.018 { color *= 0.45 }
    if glasses {
      let frame = ((u - 0.42) * (u - 0.42)) / 0.085 + (v * v) / 0.05
      if frame > 0.72 && frame < 1.15 { color = SIMD3(0.1, 0.09, 0.09) }
      if u < 0.14, abs(v - 0.05) < 0.03 { color = SIMD3(0.1, 0.09, 0.09) }
    }
    return color
  }

  private static func vector(_ c: RGB) -> SIMD3<Float> { SIMD3(Float(c.r), Float(c.g), Float(c.b)) }
  private static func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ t: Float) -> SIMD3<Float> { a + (b - a) * t }
}
