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

  /// 0...1, weighted as the eye does (ITU-R BT.601, as Pillow's and Keras's grayscale).
  static func grey(_ word: UInt32) -> Float {
    let c = unpack(word)
    return c.x * 0.299 + c.y * 0.587 + c.z * 0.114
  }

  @inline(__always)
  static func blend(_ color: SIMD3<Float>, over word: UInt32, _ cover: Float) -> UInt32 {
    let below = unpack(word)
    return pack(below + (color - below) * cover)
  }
}
