#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the camera does to a picture: focus, exposure, colour balance, vignette, grain.
struct Finish: Sendable {
  /// Radius in pixels of the blur of the finished picture; 0 none.
  var softness = 0
  var exposure = 1.0
  var contrast = 1.0
  var saturation = 1.0
  var tint = RGB(1, 1, 1)
  var vignette = 0.0
  var grain = 0.0
  var haze = 0.0
  var hazeColor = RGB(0.8, 0.82, 0.85)

  func apply(to canvas: Canvas, _ random: inout RandomSource) {
    if softness > 0 { Self.blur(canvas, radius: softness) }
    let gain = SIMD3<Float>(Float(tint.r), Float(tint.g), Float(tint.b)) * Float(exposure)
    let (k, s, g) = (Float(contrast), Float(saturation), Float(grain))
    let (mist, veil) = (Scenery.floats(hazeColor), Float(haze))
    let dim = Float(vignette)
    let (cx, cy) = (Float(canvas.width) / 2, Float(canvas.height) / 2)
    let reach = 1 / (cx * cx + cy * cy)
    var state = random.next()
    canvas.withPixels { pixels, stride in
      for y in 0..<canvas.height {
        for x in 0..<canvas.width {
          var color = Pixel.unpack(pixels[y * stride + x])
          color += (mist - color) * veil
          let grey = color.x * 0.3 + color.y * 0.59 + color.z * 0.11
          color = (color - grey) * s + grey
          color = (color - 0.5) * k + 0.5
          let (dx, dy) = (Float(x) - cx, Float(y) - cy)
          color *= gain * (1 - dim * (dx * dx + dy * dy) * reach)
          // xorshift: one draw for the pixel's brightness, its bits shared for a little colour noise.
          state ^= state << 13
          state ^= state >> 7
          state ^= state << 17
          let bits = state
          let shared = Float(bits & 0xFFF) + Float((bits >> 12) & 0xFFF) - 4095
          let own =
            SIMD3<Float>(
              Float((bits >> 24) & 0xFFF), Float((bits >> 36) & 0xFFF), Float((bits >> 48) & 0xFFF)) - 2047.5
          color += (own * 0.8 + shared * 0.8) * (g / 4096)
          pixels[y * stride + x] = Pixel.pack(color)
        }
      }
    }
  }

  /// Two passes of a running mean in each direction: close to a Gaussian of deviation radius · 0.8.
  static func blur(_ canvas: Canvas, radius: Int) {
    let (width, height) = (canvas.width, canvas.height)
    guard radius > 0, width > 0, height > 0 else { return }
    canvas.withPixels { pixels, stride in
      var line = [SIMD4<Int32>](repeating: .zero, count: max(width, height))
      func pass(_ start: Int, _ step: Int, _ count: Int) {
        for i in 0..<count {
          let word = pixels[start + i * step]
          line[i] = SIMD4(Int32((word >> 16) & 255), Int32((word >> 8) & 255), Int32(word & 255), 0)
        }
        var sum = SIMD4<Int32>.zero
        for i in -radius...radius { sum &+= line[min(count - 1, max(0, i))] }
        let span = Int32(2 * radius + 1)
        for i in 0..<count {
          let mean = (sum &+ (span / 2)) / span
          pixels[start + i * step] =
            0xFF00_0000 | UInt32(bitPattern: mean.x) << 16 | UInt32(bitPattern: mean.y) << 8
            | UInt32(bitPattern: mean.z)
          sum &+= line[min(count - 1, i + radius + 1)] &- line[max(0, i - radius)]
        }
      }
      for _ in 0..<2 {
        for y in 0..<height { pass(y * stride, 1, width) }
        for x in 0..<width { pass(x, stride, height) }
      }
    }
  }
}
