/// Colours as 0xAARRGGBB words.
enum Pixel {
  @inline(__always)
  static func pack(_ color: SIMD3<Float>) -> UInt32 {
    let c = (color * 255 + 0.5).clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 255))
    return 0xFF00_0000 | UInt32(c.x) << 16 | UInt32(c.y) << 8 | UInt32(c.z)
  }

  @inline(__always)
  static func unpack(_ word: UInt32) -> SIMD3<Float> {
    SIMD3(Float((word >> 16) & 255), Float((word >> 8) & 255), Float(word & 255)) * (1 / 255)
  }

  @inline(__always)
  static func blend(_ color: SIMD3<Float>, over word: UInt32, _ cover: Float) -> UInt32 {
    let below = unpack(word)
    return pack(below + (color - below) * cover)
  }
}
