/// A picture of indices into a palette.
struct IndexedPixels {
  typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  let height: Int
  let width: Int
  /// `[height, width]`.
  let indices: [UInt8]
  /// As in Pillow, an index without an entry is black.
  let palette: [Color]
  /// How opaque each index is, 255 where the list ends; nil where the file does not say.
  var alpha: [UInt8]?

  func decoded() -> DecodedPixels {
    let table = (UInt8.min...UInt8.max).map { index in
      let color: Color = Int(index) < palette.count ? palette[Int(index)] : (0, 0, 0)
      let opacity = alpha.flatMap { Int(index) < $0.count ? $0[Int(index)] : nil } ?? 255
      return SIMD4<UInt8>(color.red, color.green, color.blue, opacity)
    }
    let layout: DecodedPixels.Layout = alpha == nil ? .rgb : .rgba
    let size = indices.count * layout.channels
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard var to = buffer.baseAddress else { return }
      table.withUnsafeBufferPointer { table in
        for index in indices {
          let color = table[Int(index)]
          (to[0], to[1], to[2]) = (color.x, color.y, color.z)
          if layout == .rgba { to[3] = color.w }
          to += layout.channels
        }
      }
      count = size
    }
    return DecodedPixels(height: height, width: width, layout: layout, bytes: bytes)
  }

  /// Every index is its own gray.
  static let grayRamp: [Color] = (0...255).map { (UInt8($0), UInt8($0), UInt8($0)) }

  /// Whether each entry is the gray of its index. Pillow then takes the picture for gray, also beyond the palette.
  static func isGrayRamp(_ palette: [Color]) -> Bool {
    zip(palette, grayRamp).allSatisfy { $0 == $1 }
  }
}
